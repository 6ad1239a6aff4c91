// Digital Bazaar's cryptosuites, both ways: each task on standard input says what to do with which document and suite,
// and gets {verified, errors, document} for an answer.
import {answer} from "./guarded.mjs";
import {documentLoader as ordinary, said} from "./documents.mjs";
import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import {cryptosuite as ecdsaRdfc2019} from "@digitalbazaar/ecdsa-rdfc-2019-cryptosuite";
import * as Ed25519Multikey from "@digitalbazaar/ed25519-multikey";
import {Ed25519Signature2020} from "@digitalbazaar/ed25519-signature-2020";
import {cryptosuite as eddsaRdfc2022} from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import ed25519 from "ed25519-signature-2020-context";
import jsigs from "jsonld-signatures";

const {AssertionProofPurpose} = jsigs.purposes;
const cryptosuites = {"eddsa-rdfc-2022": eddsaRdfc2022, "ecdsa-rdfc-2019": ecdsaRdfc2019};

async function documentLoader(url) {
  if (ed25519.contexts.has(url)) {
    return {contextUrl: null, documentUrl: url, document: ed25519.contexts.get(url)};
  }
  return ordinary(url);
}

async function suiteOf(name, key) {
  const kind = name.startsWith("ecdsa") ? EcdsaMultikey : Ed25519Multikey;
  const signer = key ? (await kind.from(key)).signer() : undefined;
  const date = "2026-05-04T12:00:00Z";
  if (name === "Ed25519Signature2020") {
    return new Ed25519Signature2020({signer, date, verificationMethod: key?.id});
  }
  return new DataIntegrityProof({cryptosuite: cryptosuites[name], signer, date});
}

const tasks = {
  async verify({document, suite}) {
    const options = {suite: await suiteOf(suite), purpose: new AssertionProofPurpose(), documentLoader};
    const {verified, error} = await jsigs.verify(document, options);
    return {verified, errors: said(error)};
  },
  async sign({document, suite, key}) {
    const options = {suite: await suiteOf(suite, key), purpose: new AssertionProofPurpose(), documentLoader};
    return {document: await jsigs.sign(document, options)};
  },
};

await answer(async task => {
  try {
    return {verified: true, errors: [], ...(await tasks[task.do](task))};
  } catch (error) {
    return {verified: false, errors: said(error)};
  }
});
