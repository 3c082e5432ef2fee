/** Everything of the organization area, listed by hand. */
import type { Operation } from '../kit/operation.ts'
import type { Resource } from '../kit/resource.ts'
import { billGroupingKey } from './bill-grouping-key.ts'
import { readOrganizationConfiguration, updateOrganizationConfiguration } from './configuration.ts'
import {
  listAdministrators,
  listConsoleOrganizations,
  listOwnStatements,
  listPrincipals,
  listRecentAccounts,
  markAccountVisited,
  markOrganizationOpened,
  readChecklist,
  readConsoleMe,
  updateChecklist,
  updateConsoleMe,
} from './console.ts'
import { currency } from './currency.ts'
import { readCustomFields, updateCustomFields } from './custom-fields.ts'
import { readOrganization, updateOrganization } from './organization.ts'
import {
  addPolicyToServiceUser,
  addPolicyToUser,
  listPolicyHolders,
  permissionPolicy,
  removePolicyFromServiceUser,
  removePolicyFromUser,
} from './permission-policy.ts'
import { creditReason, debitReason, transactionType } from './reason.ts'
import {
  createAccessKey,
  deleteAccessKey,
  listAccessKeys,
  listServiceUserPolicies,
  serviceUser,
  updateAccessKey,
} from './service-user.ts'
import {
  changePassword,
  endSession,
  listSessions,
  readSetUp,
  requestPasswordReset,
  resetPassword,
  setUp,
  signInByLink,
  signInByPassword,
  signOut,
} from './sign-in.ts'
import { createToken, readSigningKeys } from './token.ts'
import {
  listUserPolicies,
  listUsers,
  readMe,
  readUser,
  resendPassword,
  updateUser,
  updateUserStatus,
} from './user.ts'

export const organizationResources: Resource[] = [
  currency,
  creditReason,
  debitReason,
  transactionType,
  billGroupingKey,
  permissionPolicy,
  serviceUser,
]

export const organizationOperations: Operation[] = [
  createToken,
  readSigningKeys,
  readOrganization,
  updateOrganization,
  readOrganizationConfiguration,
  updateOrganizationConfiguration,
  readCustomFields,
  updateCustomFields,
  addPolicyToUser,
  removePolicyFromUser,
  addPolicyToServiceUser,
  removePolicyFromServiceUser,
  listPolicyHolders,
  listServiceUserPolicies,
  listAccessKeys,
  createAccessKey,
  updateAccessKey,
  deleteAccessKey,
  listUsers,
  readMe,
  readUser,
  updateUser,
  updateUserStatus,
  resendPassword,
  listUserPolicies,
  signInByPassword,
  signInByLink,
  signOut,
  readSetUp,
  setUp,
  requestPasswordReset,
  resetPassword,
  changePassword,
  listSessions,
  endSession,
  readConsoleMe,
  updateConsoleMe,
  listConsoleOrganizations,
  markOrganizationOpened,
  listOwnStatements,
  listAdministrators,
  listPrincipals,
  listRecentAccounts,
  markAccountVisited,
  readChecklist,
  updateChecklist,
]
