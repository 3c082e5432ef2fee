/** Every admin command: its name, its options and what it does. */
import type { Config } from '../config/config.ts'
import { managedPolicies } from '../kit/permission/managed-policies.ts'
import { SYSTEM_PRINCIPAL } from '../kit/principal.ts'
import {
  changeOrganizationStatus,
  createOrganization,
} from '../organization/organization/service.ts'
import { allOrganizations } from '../organization/organization/store.ts'
import { addKey, createServiceUser, makeKey } from '../organization/service-user/service.ts'
import {
  createPasswordResetLink,
  createSetupLink,
  createSignInLink,
} from '../organization/sign-in/link.ts'
import { addMember, createUser } from '../organization/user/service.ts'
import { findPersonByEmail, setOperator } from '../organization/user/store.ts'
import { backUp, restore } from './backup.ts'
import type { AdminContext } from './open.ts'

export class UsageError extends Error {}

type Option = { meaning: string; isRequired?: boolean }
type Shared = { name: string[]; meaning: string; options: Record<string, Option> }
type Words = Record<string, string>

export type Command =
  | (Shared & { kind: 'online'; run(context: AdminContext, words: Words): Promise<unknown> })
  | (Shared & { kind: 'offline'; run(config: Config, words: Words): Promise<unknown> })

const organizationOption = {
  organization: { meaning: 'id or name of the organization', isRequired: true },
}
const policyNames = managedPolicies.map(({ name }) => name).join(', ')

export const commands: Command[] = [
  {
    kind: 'online',
    name: ['organization', 'create'],
    meaning: 'Make an organization with its configuration and policies.',
    options: {
      name: { meaning: 'what people see', isRequired: true },
      type: { meaning: 'PRODUCTION (default) or SANDBOX' },
    },
    async run({ database, clock }, { name = '', type = 'PRODUCTION' }) {
      if (type !== 'PRODUCTION' && type !== 'SANDBOX') {
        throw new UsageError(`--type is "${type}"; write PRODUCTION or SANDBOX`)
      }
      const by = { principalId: SYSTEM_PRINCIPAL.id, now: clock.now() }
      const made = await database.transaction((writer) =>
        createOrganization(writer, { name, type }, by),
      )
      return { organizationId: made.id, name: made.name }
    },
  },
  {
    kind: 'online',
    name: ['organization', 'list'],
    meaning: 'List the organizations of this instance.',
    options: {},
    async run({ database }) {
      const all = await allOrganizations(database.reader)
      return all.map(({ id, name, status }) => ({ organizationId: id, name, status }))
    },
  },
  {
    kind: 'online',
    name: ['organization', 'archive'],
    meaning: 'Close an organization: only operators enter it, to read; no tokens, no bill runs.',
    options: organizationOption,
    run: (context, words) => changeStatus(context, words, 'ARCHIVED'),
  },
  {
    kind: 'online',
    name: ['organization', 'reopen'],
    meaning: 'Bring an archived organization back, as it was.',
    options: organizationOption,
    run: (context, words) => changeStatus(context, words, 'ACTIVE'),
  },
  {
    kind: 'online',
    name: ['user', 'create'],
    meaning: 'Make a person who may enter an organization, and a link to sign in by.',
    options: {
      ...organizationOption,
      email: { meaning: 'e-mail address', isRequired: true },
      'first-name': { meaning: 'first name', isRequired: true },
      'last-name': { meaning: 'last name', isRequired: true },
      policy: { meaning: `one of ${policyNames}; default Administrator` },
      password: { meaning: 'without one, the person signs in by the link and sets one' },
    },
    async run(context, words) {
      const organization = await findOrganization(context, words['organization'] ?? '')
      const policy = policyKey(words['policy'] ?? 'Administrator')
      const { email = '', password } = words
      const id = await createUser(
        context,
        {
          email,
          firstName: words['first-name'] ?? '',
          lastName: words['last-name'] ?? '',
          ...(password !== undefined && { password }),
        },
        SYSTEM_PRINCIPAL.id,
      )
      const scope = scopeOf(context, organization.id)
      await context.database.transaction((writer) => addMember(writer, scope, id, policy))
      const signInLink = await createSignInLink(context, email)
      return { userId: id, email, organizationId: organization.id, signInLink }
    },
  },
  {
    kind: 'online',
    name: ['user', 'add'],
    meaning: 'Let a person who can sign in already enter another organization.',
    options: {
      ...organizationOption,
      email: { meaning: 'whom', isRequired: true },
      policy: { meaning: `one of ${policyNames}; default Administrator` },
    },
    async run(context, words) {
      const organization = await findOrganization(context, words['organization'] ?? '')
      const policy = policyKey(words['policy'] ?? 'Administrator')
      const { email = '' } = words
      const person = await findPerson(context, email)
      const scope = scopeOf(context, organization.id)
      await context.database.transaction((writer) => addMember(writer, scope, person.id, policy))
      return { userId: person.id, email, organizationId: organization.id }
    },
  },
  {
    kind: 'online',
    name: ['operator', 'add'],
    meaning: 'Let a person read archived organizations that the person is a member of.',
    options: { email: { meaning: 'whom', isRequired: true } },
    run: (context, { email = '' }) => changeOperator(context, email, true),
  },
  {
    kind: 'online',
    name: ['operator', 'remove'],
    meaning: 'Make an operator an ordinary person again.',
    options: { email: { meaning: 'whom', isRequired: true } },
    run: (context, { email = '' }) => changeOperator(context, email, false),
  },
  {
    kind: 'online',
    name: ['service-user', 'create'],
    meaning: 'Make a program that may call the API, and its first access key.',
    options: {
      ...organizationOption,
      policy: { meaning: `one of ${policyNames}; default Administrator` },
      name: { meaning: 'what people see; default "Program"' },
    },
    async run(context, words) {
      const organization = await findOrganization(context, words['organization'] ?? '')
      const policy = policyKey(words['policy'] ?? 'Administrator')
      const scope = scopeOf(context, organization.id)
      const key = await makeKey()
      const made = await context.database.transaction(async (writer) => {
        const program = await createServiceUser(writer, scope, {
          name: words['name'] ?? 'Program',
          managedPolicy: policy,
        })
        await addKey(writer, scope, program.id, key)
        return program
      })
      return {
        serviceUserId: made.id,
        organizationId: organization.id,
        accessKeyId: key.accessKeyId,
        apiSecret: key.apiSecret,
        tokenUrl: `${context.config.baseUrl}/oauth/token`,
      }
    },
  },
  {
    kind: 'online',
    name: ['set-up-link'],
    meaning: 'A one-time link by which the first administrator sets up an account.',
    options: {},
    run: async (context) => ({ setUpLink: await createSetupLink(context) }),
  },
  {
    kind: 'online',
    name: ['sign-in-link'],
    meaning: 'A one-time link that signs a person in, for a quarter of an hour.',
    options: { email: { meaning: 'whom; default: the first administrator' } },
    run: async (context, { email }) => ({ signInLink: await createSignInLink(context, email) }),
  },
  {
    kind: 'online',
    name: ['password-reset-link'],
    meaning: 'The link that a mail would carry, to hand over where no mail server is set.',
    options: { email: { meaning: 'whose', isRequired: true } },
    run: async (context, { email = '' }) => ({
      passwordResetLink: await createPasswordResetLink(context, email),
    }),
  },
  {
    kind: 'offline',
    name: ['backup'],
    meaning: 'Copy everything that is stored; the server must be stopped.',
    options: { to: { meaning: 'a folder that does not exist yet', isRequired: true } },
    run: (config, { to = '' }) => backUp(config, to),
  },
  {
    kind: 'offline',
    name: ['restore'],
    meaning: 'Put a backup in the place of an empty data directory; the server must be stopped.',
    options: { from: { meaning: 'the folder of the backup', isRequired: true } },
    run: (config, { from = '' }) => restore(config, from),
  },
]

export function helpText(): string {
  const lines = commands.flatMap(({ name, meaning, options }) => [
    `  ${name.join(' ')}`,
    `      ${meaning}`,
    ...Object.entries(options).map(
      ([option, { meaning: says, isRequired }]) =>
        `      --${option.padEnd(14)} ${says}${isRequired === true ? ' (needed)' : ''}`,
    ),
  ])
  return ['npm run admin -- COMMAND OPTIONS   prints JSON', '', ...lines].join('\n')
}

async function changeStatus(context: AdminContext, words: Words, wanted: 'ACTIVE' | 'ARCHIVED') {
  const { id, name } = await findOrganization(context, words['organization'] ?? '')
  const scope = scopeOf(context, id)
  const { status } = await context.database.transaction((writer) =>
    changeOrganizationStatus(writer, scope, wanted),
  )
  return { organizationId: id, name, status }
}

async function changeOperator(context: AdminContext, email: string, isOperator: boolean) {
  const { id } = await findPerson(context, email)
  await context.database.transaction((writer) => setOperator(writer, id, isOperator))
  return { userId: id, email, isOperator }
}

async function findPerson({ database }: AdminContext, email: string) {
  const person = await findPersonByEmail(database.reader, email)
  if (person !== null) return person
  throw new UsageError(`Nobody signs in as ${email}; make a person with "user create".`)
}

function policyKey(name: string): string {
  const found = managedPolicies.find(
    (policy) => policy.name.toLowerCase() === name.toLowerCase() || policy.key === name,
  )
  if (found === undefined)
    throw new UsageError(`--policy is "${name}"; write one of ${policyNames}`)
  return found.key
}

async function findOrganization({ database }: AdminContext, idOrName: string) {
  const all = await allOrganizations(database.reader)
  const found = all.filter(({ id, name }) => id === idOrName || name === idOrName)
  const [only, another] = found
  if (only !== undefined && another === undefined) return only
  throw new UsageError(
    only === undefined
      ? `There is no organization "${idOrName}". "organization list" shows them.`
      : `Several organizations are called "${idOrName}". Use the id; "organization list" shows them.`,
  )
}

function scopeOf({ clock }: AdminContext, organizationId: string) {
  return { organizationId, principalId: SYSTEM_PRINCIPAL.id, now: clock.now() }
}
