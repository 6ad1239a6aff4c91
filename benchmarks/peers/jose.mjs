// jose: the credential as claims of a JWT (Open Badges 3.0 section 8.2.4), EdDSA.
import {serve, version} from "./orders.mjs";
import {importJWK, jwtVerify, SignJWT} from "jose";

await serve(async setup => {
  const secret = await importJWK(setup.jwk, "EdDSA");
  const open = await importJWK(setup.public_jwk, "EdDSA");
  const header = {alg: "EdDSA", typ: "JWT", kid: setup.method};
  return {
    about: `jose ${await version("jose")} on Node ${process.versions.node}`,
    works: {
      jwt_issue: async text => {
        const credential = JSON.parse(text);
        const claims = {
          ...credential,
          iss: credential.issuer.id,
          jti: credential.id,
          sub: credential.credentialSubject.id,
          nbf: Date.parse(credential.validFrom) / 1000,
          exp: Date.parse(credential.validUntil) / 1000,
        };
        return new SignJWT(claims).setProtectedHeader(header).sign(secret);
      },
      jwt_verify: async text => {
        try {
          const {payload} = await jwtVerify(text, open, {algorithms: ["EdDSA"]});
          return payload.iss === payload.issuer.id;
        } catch {
          return false;
        }
      },
    },
  };
});
