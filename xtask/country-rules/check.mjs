// Reads the built table on stdin; every pattern must compile in JavaScript with and without the `u` flag
// and accept what the table gives as an example for it.
import { readFileSync } from 'node:fs';

const table = JSON.parse(readFileSync(0, 'utf8'));
const faults = [];

function check(country, name, pattern, samples) {
  if (pattern === undefined) return;
  for (const flags of ['', 'u']) {
    let regex;
    try {
      regex = new RegExp(pattern, flags);
    } catch (error) {
      faults.push(`${country} ${name} /${flags}: ${error.message}`);
      continue;
    }
    for (const sample of samples) {
      if (!regex.test(sample)) faults.push(`${country} ${name} /${flags} refuses ${sample}`);
    }
    if (regex.test('') || regex.test('?')) faults.push(`${country} ${name} /${flags} accepts anything`);
  }
}

for (const [country, rules] of Object.entries(table)) {
  const { postalCodes, phoneNumber, addresses } = rules._address;
  const codes = addresses.map((address) => address.postalCode).filter(Boolean);
  check(country, 'postalCodeRegex', rules.postalCodeRegex, [...postalCodes, ...codes]);
  check(country, 'phoneNumberRegex', rules.phoneNumberRegex, [phoneNumber]);
  check(country, 'vatIdRegex', rules.vatIdRegex, [rules.taxIdSample]);
  check(country, 'customerOrganizationRegistrationNumberRegex', rules.customerOrganizationRegistrationNumberRegex,
    [rules.customerOrganizationRegistrationNumberSample]);
}

if (faults.length > 0) {
  console.error(faults.join('\n'));
  process.exit(1);
}
