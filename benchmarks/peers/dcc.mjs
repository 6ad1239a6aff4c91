// @digitalcredentials/vc with its own stack beneath, which the Digital Credentials Consortium runs.
import {dataIntegrityWorks, serve, version} from "./orders.mjs";
import * as multikey from "@digitalcredentials/ed25519-multikey";
import {DataIntegrityProof} from "@digitalcredentials/data-integrity";
import {cryptosuite} from "@digitalcredentials/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalcredentials/vc";

await serve(async setup => ({
  about: `@digitalcredentials/vc ${await version("@digitalcredentials/vc")} on Node ${process.versions.node}`,
  works: await dataIntegrityWorks({vc, multikey, DataIntegrityProof, cryptosuite}, setup),
}));
