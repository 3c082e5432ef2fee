/** Submission samples made for one very meter, in the languages people send from (console 4.5). */
import type { DataField } from '@countinghouse/contract/metering/meter.ts'
import type { Language } from '../../kit/code-block.tsx'

type Described = { code?: string; dataFields?: Pick<DataField, 'category' | 'code' | 'unit'>[] }

export function sampleMeasurement(meter: Described, now = new Date()): Record<string, unknown> {
  const groups: Record<string, Record<string, unknown>> = {}
  for (const field of meter.dataFields ?? []) {
    if (!field.category || !field.code) continue
    const group = field.category.toLowerCase()
    groups[group] = { ...groups[group], [field.code]: sampleValue(group, field) }
  }
  return {
    uid: 'a-unique-id-of-this-event',
    meter: meter.code || 'meter_code',
    account: 'account_code',
    ts: `${now.toISOString().slice(0, 19)}Z`,
    ...groups,
  }
}

/** Things that are counted come whole: their unit is 1, or a word in braces. */
function sampleValue(group: string, { code, unit = '' }: Pick<DataField, 'code' | 'unit'>) {
  if (!['measure', 'income', 'cost'].includes(group)) return `${code}-1`
  return /^(1|\{.*\})$/.test(unit) ? 12 : 12.5
}

type Sample = { label: string; language: Language; code: string }

/** Each sample is whole: it gets a token with an access key, then sends. */
export function submissionSamples(url: string, meter: Described, now: Date): Sample[] {
  const json = JSON.stringify({ measurements: [sampleMeasurement(meter, now)] }, null, 2)
  const call = { url, json, tokenUrl: `${new URL(url).origin}/oauth/token` }
  return [
    { label: 'JSON', language: 'json', code: json },
    { label: 'cURL', language: 'bash', code: curlSample(call) },
    { label: 'TypeScript', language: 'javascript', code: typeScriptSample(call) },
    { label: 'Python', language: 'python', code: pythonSample(call) },
    { label: 'Java', language: 'java', code: javaSample(call) },
  ]
}

type Call = { url: string; tokenUrl: string; json: string }

function curlSample({ url, tokenUrl, json }: Call): string {
  return `TOKEN=$(curl -s -u "$ACCESS_KEY_ID:$API_SECRET" \\
  -d grant_type=client_credentials \\
  '${tokenUrl}' | jq -r .access_token)

curl -X POST '${url}' \\
  -H "Authorization: Bearer $TOKEN" \\
  -H 'Content-Type: application/json' \\
  -d '${json}'`
}

function typeScriptSample({ url, tokenUrl, json }: Call): string {
  return `const signIn = await fetch('${tokenUrl}', {
  method: 'POST',
  headers: { Authorization: \`Basic \${btoa(\`\${accessKeyId}:\${apiSecret}\`)}\` },
  body: new URLSearchParams({ grant_type: 'client_credentials' }),
})
const { access_token } = await signIn.json()

const answer = await fetch('${url}', {
  method: 'POST',
  headers: {
    Authorization: \`Bearer \${access_token}\`,
    'Content-Type': 'application/json',
  },
  body: JSON.stringify(${json}),
})
if (!answer.ok) throw new Error((await answer.json()).message)`
}

function pythonSample({ url, tokenUrl, json }: Call): string {
  return `import requests

token = requests.post(
    "${tokenUrl}",
    auth=(access_key_id, api_secret),
    data={"grant_type": "client_credentials"},
).json()["access_token"]

answer = requests.post(
    "${url}",
    headers={"Authorization": f"Bearer {token}"},
    json=${json},
)
answer.raise_for_status()`
}

function javaSample({ url, tokenUrl, json }: Call): string {
  // In a text block a backslash begins an escape, as in any Java text.
  const body = json.replaceAll('\\', '\\\\')
  return `HttpClient http = HttpClient.newHttpClient();

String key = Base64.getEncoder().encodeToString((accessKeyId + ":" + apiSecret).getBytes(UTF_8));
HttpRequest signIn = HttpRequest.newBuilder(URI.create("${tokenUrl}"))
    .header("Authorization", "Basic " + key)
    .header("Content-Type", "application/x-www-form-urlencoded")
    .POST(HttpRequest.BodyPublishers.ofString("grant_type=client_credentials"))
    .build();
String token = http.send(signIn, HttpResponse.BodyHandlers.ofString()).body()
    .replaceAll(".*\\"access_token\\":\\"([^\\"]+)\\".*", "$1");

HttpRequest request = HttpRequest.newBuilder(URI.create("${url}"))
    .header("Authorization", "Bearer " + token)
    .header("Content-Type", "application/json")
    .POST(HttpRequest.BodyPublishers.ofString("""
${body}
"""))
    .build();
HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
if (answer.statusCode() != 200) throw new IOException(answer.body());`
}
