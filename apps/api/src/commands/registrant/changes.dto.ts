import { shape } from '#libs/kernel';
import { type ChangeKind, changeKinds } from '#libs/policy';
import { classesOfAdmission } from '#libs/reference';
import { statusesOutside } from '#libs/registry';
import {
  Field,
  NestedFieldByKind,
  OptionalField,
  OptionalNestedField,
  OptionalNestedFieldByKind,
  OptionalTextField,
  TextField,
} from '#libs/web';
import { DayField, EnumField, IdField } from '../../fields.js';
import { UsAddressDto } from './visit.dto.js';

class EmploymentDto {
  @TextField(200, { example: 'Another Invented Company' }) readonly employer!: string;
  @OptionalNestedField(() => UsAddressDto) readonly usAddress?: UsAddressDto;
}

class SchoolDto {
  @TextField(200, { example: 'Another Invented University' }) readonly name!: string;
  @OptionalTextField() readonly sevisId?: string;
}

/** What a change is to, by its kind. */
const valueClasses = { address: UsAddressDto, employment: EmploymentDto, school: SchoolDto };

type ChangedTo = UsAddressDto | EmploymentDto | SchoolDto;

abstract class ChangeDto {
  @IdField() readonly registrantId!: string;
  @EnumField(changeKinds) readonly kind!: ChangeKind;
  @DayField({ example: '2003-11-10' }) readonly changedOn!: string;
}

export class ReportChangeDto extends ChangeDto {
  @DayField({ example: '2003-11-17' }) readonly reportedOn!: string;

  @NestedFieldByKind(valueClasses, {
    description: 'The new address, employer or school, as `kind` says.',
  })
  readonly value!: ChangedTo;
}

export class RecordUnreportedChangeDto extends ChangeDto {
  @DayField({ example: '2003-11-19' }) readonly foundOn!: string;

  @OptionalNestedFieldByKind(valueClasses, {
    description: 'The new address, employer or school, as `kind` says; where it is known.',
  })
  readonly value?: ChangedTo;

  @OptionalField(shape.matching(/^[A-Z]{2}$/, 'the two letters of a state'), {
    type: String,
    description: 'Of an address of which no more than the state is known: without `value` only.',
    example: 'TX',
  })
  readonly usState?: string;
}

const statuses = [...statusesOutside, ...classesOfAdmission];

export class RecordStatusChangeDto {
  @IdField() readonly registrantId!: string;

  @Field(shape.oneOf(statuses), {
    enum: statuses,
    description: 'A class of admission, or what leaves the programme.',
    example: 'permanent-resident',
  })
  readonly to!: string;

  @DayField({ example: '2003-11-18' }) readonly changedOn!: string;
}
