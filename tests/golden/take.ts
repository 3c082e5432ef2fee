/**
 * Takes a sample of what today's code stores and answers, once for each version that stores
 * something in another shape: `node tests/golden/take.ts tests/golden/<last step>`. A sample is
 * never changed afterwards; every later version must read it.
 */
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { startTestServer } from '../support/server.ts'
import { ask, questionsAbout } from './answers.ts'
import { dump } from './stored.ts'
import { BEGIN, fillWorld } from './world.ts'

const [folder] = process.argv.slice(2)
if (folder === undefined) throw new Error('Name the folder of the sample.')
const server = await startTestServer({ now: BEGIN })
const [organization, keys] = await fillWorld(server)
await server.context.jobs.waitUntilIdle()
await dump(server.context, folder)
const questions = await questionsAbout(organization)
const answered = await ask(organization, questions)
console.log(`${answered.length} answers to ${questions.length} questions`)
writeFileSync(join(folder, 'keys.json'), `${JSON.stringify(keys, null, 2)}\n`)
const lines = answered.map((one) => `${JSON.stringify(one)}\n`)
writeFileSync(join(folder, 'answers.jsonl'), lines.join(''))
await server.close()
