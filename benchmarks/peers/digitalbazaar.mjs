// @digitalbazaar/vc with the cryptosuite eddsa-rdfc-2022.
import {dataIntegrityWorks, serve, version} from "./orders.mjs";
import * as multikey from "@digitalbazaar/ed25519-multikey";
import {DataIntegrityProof} from "@digitalbazaar/data-integrity";
import {cryptosuite} from "@digitalbazaar/eddsa-rdfc-2022-cryptosuite";
import * as vc from "@digitalbazaar/vc";

await serve(async setup => ({
  about: `@digitalbazaar/vc ${await version("@digitalbazaar/vc")} on Node ${process.versions.node}`,
  works: await dataIntegrityWorks({vc, multikey, DataIntegrityProof, cryptosuite}, setup),
}));
