import { shape } from '#libs/kernel';
import { purposeCodes } from '#libs/registry';
import {
  Field,
  NestedField,
  OptionalField,
  OptionalNestedField,
  OptionalNestedListField,
} from '#libs/web';
import { EnumField, IdField } from '../../fields.js';
import { IdentityDto, PersonDto } from './person.dto.js';
import { BiometricsDto, DocumentDto, VisitDto } from './visit.dto.js';

const SAME_FIN_MAX = 20;
const DOCUMENTS_MAX = 20;

export const admissionNumber = shape.matching(/^\d{11}$/, '11 digits');
export const admissionNumberForm = { type: String, pattern: '^\\d{11}$', example: '99900000001' };

/** What both registrations say of the person; `usState` is taken from the address. */
export abstract class RegistrationDto {
  @IdField({
    description: 'Minted by the caller; the same for all that is recorded of the person.',
  })
  readonly registrantId!: string;

  @Field(shape.matching(/^\d{7,10}$/, '7 to 10 digits'), {
    type: String,
    pattern: '^\\d{7,10}$',
    example: '9990001',
  })
  readonly fin!: string;

  @OptionalField(shape.set(shape.uuid, 1, SAME_FIN_MAX), {
    type: [String],
    format: 'uuid',
    description: 'Registrants with the same FIN that this person is not.',
  })
  readonly distinctFrom?: string[];

  /** Required at the first registration, like `identity`. */
  @OptionalNestedField(() => PersonDto) readonly person?: PersonDto;
  @OptionalNestedField(() => IdentityDto) readonly identity?: IdentityDto;

  @EnumField(purposeCodes) readonly purposeCode!: string;
  @NestedField(() => VisitDto) readonly visit!: VisitDto;
  @NestedField(() => BiometricsDto) readonly biometrics!: BiometricsDto;

  @OptionalNestedListField(() => DocumentDto, DOCUMENTS_MAX)
  readonly documents?: DocumentDto[];
}
