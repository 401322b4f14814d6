import type { Dice } from './dice';

/** Customers who do not exist. */

export interface Person {
  readonly first: string;
  readonly last: string;
  readonly patronymic: string;
  readonly phone: string;
  readonly email: string;
}

type Names = readonly (readonly [first: string, last: string, patronymic: string, latin: string])[];

const NAMES: Readonly<Record<'en' | 'pt' | 'uk', Names>> = {
  en: [
    ['Emma', 'Carter', '', 'emma.carter'],
    ['Liam', 'Novak', '', 'liam.novak'],
    ['Grace', 'O’Brien', '', 'grace.obrien'],
    ['Noah', 'Fischer', '', 'noah.fischer'],
    ['Priya', 'Shah', '', 'priya.shah'],
    ['Tom', 'Whitaker', '', 'tom.whitaker'],
    ['Chloe', 'Martin', '', 'chloe.martin'],
    ['Daniel', 'Okafor', '', 'daniel.okafor'],
  ],
  pt: [
    ['Beatriz', 'Gonçalves', '', 'beatriz.goncalves'],
    ['João', 'Ferreira', '', 'joao.ferreira'],
    ['Inês', 'Conceição', '', 'ines.conceicao'],
    ['Tiago', 'Magalhães', '', 'tiago.magalhaes'],
    ['Mariana', 'Assunção', '', 'mariana.assuncao'],
    ['Rui', 'Antunes', '', 'rui.antunes'],
    ['Luísa', 'Brandão', '', 'luisa.brandao'],
  ],
  uk: [
    ['Олена', 'Коваленко', 'Петрівна', 'olena.kovalenko'],
    ['Тарас', 'Мельник', 'Ігорович', 'taras.melnyk'],
    ['Ганна', 'Шевчук', 'Василівна', 'hanna.shevchuk'],
    ['Андрій', 'Бондаренко', 'Олегович', 'andrii.bondarenko'],
    ['Соломія', 'Ткаченко', 'Богданівна', 'solomiia.tkachenko'],
    ['Богдан', 'Савчук', 'Юрійович', 'bohdan.savchuk'],
    ['Ірина', 'Лисенко', 'Миколаївна', 'iryna.lysenko'],
    ['Максим', 'Кравець', 'Андрійович', 'maksym.kravets'],
    ['Надія', 'Гаврилюк', 'Степанівна', 'nadiia.havryliuk'],
    ['Євген', 'Поліщук', 'Сергійович', 'yevhen.polishchuk'],
    ['Юлія', 'Романюк', 'Дмитрівна', 'yuliia.romaniuk'],
    ['Дмитро', 'Ґалаґан', 'В’ячеславович', 'dmytro.galagan'],
  ],
};

export function person(dice: Dice, people: 'en' | 'pt' | 'uk'): Person {
  const [first, last, patronymic, latin] = dice.pick(NAMES[people]);
  // No subscriber has such a number.
  const phone = `+38050000${dice.digits(4)}`;
  return { first, last, patronymic, phone, email: `${latin}${dice.between(1, 99)}@mail.example` };
}
