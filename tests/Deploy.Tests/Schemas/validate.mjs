// Reads a JSON list of Kubernetes objects from standard input, and writes a JSON list of what their schemas say is wrong with them.
import { readFileSync } from 'node:fs';

const operatorGroup = 'monitoring.coreos.com/';

async function faultsOf(object) {
  const source = object.apiVersion.startsWith(operatorGroup) ? '@kubernetes-models/prometheus-operator' : 'kubernetes-models';
  let model;
  try {
    model = (await import(`${source}/${object.apiVersion}/${object.kind}`))[object.kind];
  } catch (fault) {
    return [`there is no schema for it: ${fault.message}`];
  }

  try {
    new model(object).validate();
    return [];
  } catch (fault) {
    return [fault.message];
  }
}

const faults = [];
for (const object of JSON.parse(readFileSync(0, 'utf8'))) {
  for (const fault of await faultsOf(object)) faults.push(`${object.apiVersion} ${object.kind} ${object.metadata?.name}: ${fault}`);
}

console.log(JSON.stringify(faults));
