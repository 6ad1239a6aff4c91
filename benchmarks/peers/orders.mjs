// The Node side of the orders that benchmarks/peers/__init__.py describes.
import {createInterface} from "node:readline";

export async function serve(prepare) {
  const inputs = new Map();
  let works = {};
  const print = console.log;
  console.log = console.error; // some libraries talk
  globalThis.fetch = async address => {
    throw new TypeError(`Nothing is fetched while measuring: ${address}`);
  };

  async function obey(order) {
    if (order.prepare) {
      const prepared = await prepare(order.prepare);
      works = prepared.works;
      return {works: Object.keys(works), about: prepared.about};
    }
    if (order.inputs) {
      for (const [work, texts] of Object.entries(order.inputs)) {
        inputs.set(work, texts);
      }
      return {};
    }
    if (order.try) {
      return {output: await works[order.try](order.text)};
    }
    if (order.run) {
      return {ns: await run(works[order.run], inputs.get(order.run), order.from, order.times)};
    }
    return {peak_kb: process.resourceUsage().maxRSS};
  }

  for await (const line of createInterface({input: process.stdin, crlfDelay: Infinity})) {
    let answer;
    try {
      answer = await obey(JSON.parse(line));
    } catch (error) {
      answer = {error: `${error.name}: ${error.message}`};
    }
    print(JSON.stringify(answer));
  }
}

async function run(work, texts, place, times) {
  const begun = process.cpuUsage();
  for (let number = 0; number < times; number++) {
    await work(texts[(place + number) % texts.length]);
  }
  const {user, system} = process.cpuUsage(begun);
  return (user + system) * 1000;
}

// The version of an installed package, as its package.json says.
export async function version(name) {
  const {readFile} = await import("node:fs/promises");
  const text = await readFile(new URL(`./node_modules/${name}/package.json`, import.meta.url), "utf8");
  return JSON.parse(text).version;
}

// What every stack of Data Integrity is given: contexts and the issuer's key, all in memory.
export function worldOf({contexts, issuer}) {
  const multibase = issuer.slice("did:key:".length);
  const method = {
    "@context": "https://w3id.org/security/multikey/v1",
    id: `${issuer}#${multibase}`,
    type: "Multikey",
    controller: issuer,
    publicKeyMultibase: multibase,
  };
  const controller = {
    "@context": ["https://www.w3.org/ns/did/v1", "https://w3id.org/security/multikey/v1"],
    id: issuer,
    verificationMethod: [method],
    assertionMethod: [method.id],
  };
  const documents = new Map(Object.entries(contexts));
  documents.set(issuer, controller);
  documents.set(method.id, method);
  const documentLoader = async url => {
    if (!documents.has(url)) {
      throw new Error(`${url} is not at hand.`);
    }
    return {contextUrl: null, documentUrl: url, document: documents.get(url)};
  };
  return {documentLoader, method};
}

// Issuing and verifying with a stack of this family; both have the same functions.
export async function dataIntegrityWorks({vc, multikey, DataIntegrityProof, cryptosuite}, setup) {
  const {documentLoader, method} = worldOf(setup);
  const key = await multikey.from({...method, secretKeyMultibase: setup.secret});
  const signing = new DataIntegrityProof({cryptosuite, signer: key.signer(), date: setup.created});
  const verifying = new DataIntegrityProof({cryptosuite});
  const checkStatus = async () => ({verified: true}); // the list itself is not part of what is timed
  const verify = async text => {
    const credential = JSON.parse(text);
    const {verified} = await vc.verifyCredential({
      credential, suite: verifying, documentLoader, checkStatus, now: setup.now,
    });
    return verified;
  };
  return {
    issue: async text => {
      const credential = JSON.parse(text);
      return JSON.stringify(await vc.issue({credential, suite: signing, documentLoader, now: setup.now}));
    },
    verify,
    verify_unknown: verify,
  };
}
