/** What the buttons of the top bar open, in a chunk of its own. */
export { HelpLinks } from './help-links.tsx'
export { OrganizationBox } from './organization-box.tsx'
export { UserMenu } from './user-menu.tsx'
