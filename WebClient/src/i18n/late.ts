import { enLate } from './enLate';
import { addEnglish } from './index';

addEnglish(enLate);
