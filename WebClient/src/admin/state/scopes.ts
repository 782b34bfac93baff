/** Whether a key's scopes allow that: writing includes reading. */
export const may = (scopes: readonly string[], scope: string): boolean =>
  scopes.includes(scope) || (scope.endsWith(':read') && scopes.includes(scope.replace(/:read$/, ':write')));

/** The scope that a screen's list asks for. */
export const screenScopes = {
  overview: 'server:read', connections: 'connections:read', sessions: 'moderation:read', channels: 'channels:read', sanctions: 'moderation:read', raid: 'moderation:read', notices: 'moderation:write',
  audit: 'audit:read', jobs: 'server:read', settings: 'server:read', keys: 'keys:write',
} as const;

