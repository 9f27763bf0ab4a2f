// Reads the service with clients from npm and prints what they saw: node client.mjs <service root> <key>
import { createRequire } from "node:module";
import { EdmV4, OData } from "@odata/client";

const { xml2json } = createRequire(import.meta.url)("odata-csdl/lib/xml2json");
const [root, key] = process.argv.slice(2);

const client = OData.New4({ serviceEndpoint: root, credential: { username: "key", password: key } });
const customers = client.getEntitySet("Customers");

const metadata = await (await fetch(root + "$metadata", { headers: { "X-Api-Key": key, Accept: "application/xml" } })).text();
const messages = [];
const csdl = xml2json(metadata, { strict: true, messages });

const filtered = await customers.query(
  OData.newOptions().filter("Country eq 'IT' and RevenueMinor gt 9000").orderby("SubjectId", "asc").select(["SubjectId", "Country"]));
const page = await customers.query(OData.newOptions().orderby("OrderCount", "desc").top(3).skip(1));
const counted = await customers.count(OData.newFilter().property("Country").eq("ES"));
const single = await customers.retrieve("c007");
const composite = await client.getEntitySet("StageConversions").retrieve({ ModelId: "aida", PeriodStart: EdmV4.Date.from("2025-01-08") });
const missing = await customers.query(OData.newOptions().filter("Contry eq 'IT'")).then(() => "", (error) => error.message);

console.log(JSON.stringify({
  messages,
  sets: Object.keys(csdl.LifecycleMetrics.Container).filter((name) => /^[A-Z]/.test(name)),
  key: csdl.LifecycleMetrics.StageConversion.$Key,
  filtered,
  page: page.map((row) => row.SubjectId),
  counted,
  single: single.Balance,
  composite: composite.N,
  missing,
}));
