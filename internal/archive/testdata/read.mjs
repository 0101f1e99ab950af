// Reads WARC files with npm warcio, as an outside reader, and prints one JSON object
// a record: what it is, where it starts, and the digests of what warcio hands out.
// Usage: node read.mjs DIRECTORY-WITH-node_modules FILE...
import { createHash } from "node:crypto";
import { createReadStream } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";

const [modules, ...files] = process.argv.slice(2);
const { WARCParser } = createRequire(path.join(modules, "x.js"))("warcio");

// What warcio has to say about a file is a fault of the file.
console.warn = (...text) => {
  throw new Error(text.join(" "));
};

const sha256 = (bytes) => "sha256:" + createHash("sha256").update(bytes).digest("hex");

for (const file of files) {
  // once for blocks, once for payloads: warcio reads a record as one or the other
  const blocks = [];
  const whole = new WARCParser(createReadStream(file), { parseHttp: false });
  for await (const record of whole) {
    blocks.push(sha256(await record.readFully(false)));
  }
  const parser = new WARCParser(createReadStream(file));
  let i = 0;
  for await (const record of parser) {
    const offset = parser.offset;
    const payload = await record.readFully(false);
    const headers = record.warcHeaders.headers;
    const carries = ["response", "request"].includes(record.warcType) && record.warcPayloadDigest;
    console.log(
      JSON.stringify({
        file: path.basename(file),
        type: record.warcType,
        id: headers.get("WARC-Record-ID"),
        url: record.warcTargetURI ?? "",
        offset,
        block: blocks[i++] === record.warcBlockDigest,
        payload: carries ? sha256(payload) === record.warcPayloadDigest : null,
        digest: record.warcPayloadDigest ?? "",
        refersTo: headers.get("WARC-Refers-To") ?? "",
        status: record.httpHeaders?.statusCode ?? 0,
      }),
    );
  }
  if (i !== blocks.length) throw new Error(`${file}: ${blocks.length} blocks, ${i} records`);
}
