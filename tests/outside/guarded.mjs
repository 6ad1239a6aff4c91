// Import first. The checkers may ask the site whose address is in SITE and nobody else: contexts come from packages.
const site = process.env.SITE ?? "";
const open = globalThis.fetch;

export const refused = [];

globalThis.fetch = async (input, init) => {
  const address = typeof input === "string" ? input : (input.url ?? String(input));
  if (site && new URL(address).origin === site) {
    return open(input, init);
  }
  refused.push(address);
  throw new TypeError(`No network in this test: ${address}`);
};

// A list of credentials on standard input, a list of {verified, errors} on standard output.
export async function answer(verify) {
  let text = "";
  for await (const part of process.stdin) {
    text += part;
  }
  const print = console.log;
  console.log = console.error; // some checkers talk
  const results = [];
  for (const credential of JSON.parse(text)) {
    results.push(await verify(credential));
  }
  print(JSON.stringify(results));
}
