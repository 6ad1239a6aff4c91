// @digitalcredentials/verifier-core: what wallets of the Digital Credentials Consortium ask.
import {answer} from "./guarded.mjs";
import {verifyCredential} from "@digitalcredentials/verifier-core";

await answer(async credential => {
  const {log = [], errors = []} = await verifyCredential({credential, knownDIDRegistries: []});
  const steps = log.filter(step => step.id !== "registered_issuer");
  const signed = steps.some(step => step.id === "valid_signature" && step.valid);
  const bad = steps.filter(step => !step.valid);
  return {
    verified: errors.length === 0 && signed && bad.length === 0,
    errors: [
      ...errors.map(error => `${error.name}: ${error.message}`),
      ...bad.map(step => `${step.id}: ${step.error?.message ?? "no"}`),
    ],
  };
});
