export * from './settings.js';
export { settingsTable } from './table.js';
export type { SettingRow } from './table.js';
