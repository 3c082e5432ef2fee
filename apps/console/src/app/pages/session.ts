/** Pages outside organizations. */
import { type PageRoute, page } from '../section.ts'

export const session: { routes: PageRoute[] } = {
  routes: [
    page('/login', () => import('../session/login.tsx'), 'LoginPage'),
    page('/forgot-password', () => import('../session/password.tsx'), 'ForgotPasswordPage'),
    page('/reset-password', () => import('../session/password.tsx'), 'ResetPasswordPage'),
    page('/setup/$token', () => import('../session/setup.tsx'), 'SetupPage'),
    page('/sign-in/$token', () => import('../session/sign-in-link.tsx'), 'SignInLinkPage'),
    page(
      '/select-organization',
      () => import('../session/select-organization.tsx'),
      'SelectOrganizationPage',
    ),
    page('/profile', () => import('../session/profile.tsx'), 'ProfilePage'),
  ],
}
