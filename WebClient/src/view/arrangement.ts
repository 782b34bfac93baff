import { browserStorage } from '../connection/browserStorage';
import { SavedArrangement } from '../connection/savedArrangement';

/** Of whoever is signed in on this page. */
export const arrangement = new SavedArrangement(browserStorage());
