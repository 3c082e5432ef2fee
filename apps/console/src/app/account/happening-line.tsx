/** One thing that happened to an account: what, what became different, who and when. */
import { account } from '@countinghouse/contract/accounts/account.ts'
import { accountPlan } from '@countinghouse/contract/accounts/account-plan.ts'
import { plan } from '@countinghouse/contract/pricing/plan.ts'
import { pricing } from '@countinghouse/contract/pricing/pricing.ts'
import {
  IconAlertTriangle,
  IconBell,
  IconCoins,
  IconFileDollar,
  IconFileInvoice,
  IconPoint,
  IconUser,
} from '@tabler/icons-react'
import { Who } from '../../kit/detail/audit.tsx'
import { Moment } from '../../kit/format/moment.tsx'
import { words } from '../../kit/format/state.tsx'
import classes from './activity.module.css'
import { alertEntity, alertStory } from './alert-story.tsx'
import { billEntity, billStory } from './bill-story.tsx'
import { ChangeList } from './change-list.tsx'
import { changesOf } from './changes.ts'
import type { Happening, Story } from './happening.ts'
import { accountPlanStory, customPlanStory } from './plan-story.tsx'
import { type PricedPlan, priceStory } from './price-story.tsx'
import { refusalEntity, refusalStory } from './refusal-story.tsx'

type HappeningLineProps = {
  happening: Happening
  /** The plan that it names, as far as it is still there. */
  plan: PricedPlan | undefined
  /** It was deleted later, so nothing can be opened. */
  isGone: boolean
}

export function HappeningLine({ happening, plan, isGone }: HappeningLineProps) {
  const { text, detail } = storyOf(happening, plan, isGone)
  const Icon = icons[happening.entity] ?? IconPoint
  return (
    <li className={classes.happening} data-tone={toneOf(happening)}>
      <span className={classes.icon} aria-hidden>
        <Icon size={15} stroke={1.6} />
      </span>
      <div className={classes.told}>
        <p>{text}</p>
        {detail && <div className={classes.detail}>{detail}</div>}
      </div>
      <div className={classes.doer}>
        {happening.by && <Who id={happening.by} />}
        <Moment at={happening.at} hideDay />
      </div>
    </li>
  )
}

const icons: Record<string, typeof IconPoint> = {
  [String(account.event)]: IconUser,
  [String(accountPlan.event)]: IconFileDollar,
  [String(plan.event)]: IconFileDollar,
  [String(pricing.event)]: IconCoins,
  [billEntity]: IconFileInvoice,
  [alertEntity]: IconBell,
  [refusalEntity]: IconAlertTriangle,
}

const alertTones: Record<string, 'warn' | 'bad'> = { WARN: 'warn', ERROR: 'bad' }

function toneOf({ entity, verb, now }: Happening): 'warn' | 'bad' | undefined {
  if (entity === refusalEntity) return 'warn'
  if (entity === alertEntity && verb === 'created') return alertTones[String(now['severity'])]
  return verb === 'deleted' ? 'bad' : undefined
}

function storyOf(happening: Happening, known: PricedPlan | undefined, isGone: boolean): Story {
  switch (happening.entity) {
    case account.event:
      return accountStory(happening)
    case accountPlan.event:
      return accountPlanStory(happening, known?.name)
    case plan.event:
      return customPlanStory(happening, isGone)
    case pricing.event:
      return priceStory(happening, known, isGone)
    case alertEntity:
      return alertStory(happening, isGone)
    case billEntity:
      return billStory(happening, isGone)
    case refusalEntity:
      return refusalStory(happening)
    default:
      return { text: words(`${happening.entity.split('.').at(-1)}_${happening.verb}`) }
  }
}

function accountStory({ verb, by, before, now }: Happening): Story {
  if (verb === 'created' && by === 'system') {
    return { text: 'Account made', detail: 'A measurement named its code, which no account had.' }
  }
  return {
    text: verb === 'updated' ? 'Account changed' : `Account ${verb}`,
    detail: before && <ChangeList changes={changesOf(account.body, before, now)} />,
  }
}
