/** What Nest injects by name, since interfaces are gone at run time. */
export const EVENT_LOG = Symbol('EventLog');
export const VIEW_STORE = Symbol('ViewStore');
export const REGISTRANT_KEYS = Symbol('RegistrantKeys');
export const METRICS = Symbol('Metrics');
export const REPORTED_METRICS = Symbol('ReportedMetrics');
/** The folder in which an import keeps its file while it comes in. */
export const SPOOL_FOLDER = Symbol('SpoolFolder');
