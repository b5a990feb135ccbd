// Reports kept on the device (IndexedDB): nobody but its user sees them until they are sent.

/** A report on the device. */
export interface Draft {
  /** Drawn once; the town stores what comes with it once (its Idempotency-Key). */
  id: string;
  /** Names and values as the town's form has them, in order. */
  fields: [name: string, value: string][];
  photo?: Blob;
  state: "draft" | "waiting" | "sent" | "refused";
  /** When it was last changed, in milliseconds since 1970. */
  at: number;
  /** Whether it was ever sent, so that it must not be changed before the answer is known. */
  tried?: boolean;
  /** What stands in the way, in the town's words. */
  problems?: string[];
  /** Where the same report was begun on the town's pages. */
  online?: string;
  code?: string;
  url?: string;
  own?: string;
}

const DATABASE = "polity-report";
const STORE = "drafts";

function opened(): Promise<IDBDatabase> {
  return new Promise((done, failed) => {
    const asked = indexedDB.open(DATABASE, 1);
    asked.onupgradeneeded = () => asked.result.createObjectStore(STORE, { keyPath: "id" });
    asked.onsuccess = () => done(asked.result);
    asked.onerror = () => failed(asked.error);
  });
}

async function ask<T>(mode: IDBTransactionMode, act: (store: IDBObjectStore) => IDBRequest<T>): Promise<T> {
  const database = await opened();
  try {
    return await new Promise<T>((done, failed) => {
      const transaction = database.transaction(STORE, mode);
      const asked = act(transaction.objectStore(STORE));
      // Only what is on the disk is kept.
      transaction.oncomplete = () => done(asked.result);
      transaction.onabort = transaction.onerror = () => failed(transaction.error ?? asked.error);
    });
  } finally {
    database.close();
  }
}

export const all = async (): Promise<Draft[]> => (await ask<Draft[]>("readonly", (store) => store.getAll())).sort((one, other) => other.at - one.at);
export const get = (id: string): Promise<Draft | undefined> => ask("readonly", (store) => store.get(id) as IDBRequest<Draft | undefined>);
export const put = (draft: Draft): Promise<unknown> => ask("readwrite", (store) => store.put(draft));
export const remove = (id: string): Promise<unknown> => ask("readwrite", (store) => store.delete(id));

/** A new report of these fields. */
export function drafted(fields: [string, string][], photo?: Blob): Draft {
  return { id: crypto.randomUUID(), fields, photo, state: "draft", at: Date.now() };
}

/** The fields of a form that are filled in, and its photo. */
export function readForm(form: FormData): { fields: [string, string][]; photo?: Blob } {
  const fields: [string, string][] = [];
  let photo: Blob | undefined;
  for (const [name, value] of form) {
    if (typeof value !== "string") photo = value.size > 0 ? value : photo;
    else if (value.trim() !== "" && name !== "draft" && name !== "zoom") fields.push([name, value]);
  }
  return { fields, photo };
}
