// @digitalbazaar/ecdsa-sd-2023-cryptosuite in all its parts: each task on standard input says what to do with which
// document, and gets {verified, errors, document} for an answer.
import {answer} from "./guarded.mjs";
import {documentLoader, said} from "./documents.mjs";
import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import * as EcdsaMultikey from "@digitalbazaar/ecdsa-multikey";
import * as sd from "@digitalbazaar/ecdsa-sd-2023-cryptosuite";
import jsigs from "jsonld-signatures";

const {AssertionProofPurpose} = jsigs.purposes;

function options(cryptosuite, more = {}) {
  return {suite: new DataIntegrityProof({cryptosuite, ...more}), purpose: new AssertionProofPurpose(), documentLoader};
}

const tasks = {
  async verify({document}) {
    const {verified, error} = await jsigs.verify(document, options(sd.createVerifyCryptosuite()));
    return {verified, errors: said(error)};
  },
  async sign({document, pointers, key}) {
    const pair = await EcdsaMultikey.from(key);
    const cryptosuite = sd.createSignCryptosuite({mandatoryPointers: pointers});
    return {document: await jsigs.sign(document, options(cryptosuite, {signer: pair.signer()}))};
  },
  async derive({document, pointers}) {
    const cryptosuite = sd.createDiscloseCryptosuite({selectivePointers: pointers});
    return {document: await jsigs.derive(document, options(cryptosuite))};
  },
};

await answer(async task => {
  try {
    return {verified: true, errors: [], ...(await tasks[task.do](task))};
  } catch (error) {
    return {verified: false, errors: said(error)};
  }
});
