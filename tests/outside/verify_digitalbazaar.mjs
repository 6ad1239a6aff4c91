// @digitalbazaar/vc with the cryptosuite eddsa-rdfc-2022 and its own status list check.
import {answer} from "./guarded.mjs";
import {documentLoader, said} from "./documents.mjs";
import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import {cryptosuite} from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";
import {checkStatus} from "@digitalbazaar/vc-bitstring-status-list";

const suite = new DataIntegrityProof({cryptosuite});

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
