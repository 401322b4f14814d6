import type { ComponentProps, ReactElement } from 'react';
import { type ButtonSize, type ButtonVariant, buttonClass } from './button-class';
import { Link, type LinkProps } from './link';

interface Look {
  readonly variant?: ButtonVariant;
  readonly size?: ButtonSize;
}

export function Button({
  variant,
  size,
  className,
  type = 'button',
  ...rest
}: ComponentProps<'button'> & Look): ReactElement {
  return <button className={buttonClass(variant, size, className)} type={type} {...rest} />;
}

export function LinkButton({ variant, size, className, ...rest }: LinkProps & Look): ReactElement {
  return <Link className={buttonClass(variant, size, className)} {...rest} />;
}
