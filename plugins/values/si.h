/* SPDX-License-Identifier: MIT */
/* plugins/values/si.h - amounts in units of every kind as amounts in SI units. */
#ifndef VALUES_SI_H
#define VALUES_SI_H
#include "rules.h"

/* Turns `a`, an amount of `unit` ("mi2", "km/h", "degF"), into one of the coherent SI unit (the
 * degree Celsius for temperatures), exact to 15 digits, and `unit` into that unit. 0, and nothing
 * changed, where the unit tells no amount ("deg"), is not the same in every country ("gal"), or the
 * result would not fit. */
int si_convert(amount *a, note *unit);
#endif
