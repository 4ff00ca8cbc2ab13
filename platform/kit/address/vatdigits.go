package address

// digitCheck says whether the check digits of a number without its prefix agree.
type digitCheck func(string) bool

// digitChecks are the check digits of the states whose rule is published and simple.
// A number of any other state, or of a shape such a rule does not cover, passes.
var digitChecks = map[string]digitCheck{
	"AT": func(n string) bool { return checkAT(n[1:]) },
	"BE": func(n string) bool { return remainder(n[:8], 97) == 97-number(n[8:]) },
	"DE": isoMod1110,
	"DK": func(n string) bool { return weighted(n, 2, 7, 6, 5, 4, 3, 2, 1)%11 == 0 },
	"EE": func(n string) bool { return weighted(n, 3, 7, 1, 3, 7, 1, 3, 7, 1)%10 == 0 },
	"EL": func(n string) bool { return weighted(n, 256, 128, 64, 32, 16, 8, 4, 2)%11%10 == digit(n, 8) },
	"FI": func(n string) bool { return weighted(n, 7, 9, 10, 5, 8, 4, 2, 1)%11 == 0 },
	"FR": checkFR,
	"HR": isoMod1110,
	"HU": func(n string) bool { return weighted(n, 9, 7, 3, 1, 9, 7, 3, 1)%10 == 0 },
	"IT": luhn,
	"LU": func(n string) bool { return remainder(n[:6], 89) == number(n[6:]) },
	"MT": func(n string) bool { return weighted(n, 3, 4, 6, 7, 8, 9, 10, 1)%37 == 0 },
	"PL": func(n string) bool { return weighted(n, 6, 5, 7, 2, 3, 4, 5, 6, 7)%11 == digit(n, 9) },
	"PT": checkPT,
	"SE": func(n string) bool { return luhn(n[:10]) },
	"SI": checkSI,
	"CH": func(n string) bool { return checkCH(n[1:10]) },
}

// checkDigits applies the rule of the state, if there is one.
func checkDigits(state, n string) bool {
	check, ok := digitChecks[state]
	return !ok || check(n)
}

func digit(n string, at int) int { return int(n[at] - '0') }

// number is a text of digits as a number.
func number(n string) int {
	v := 0
	for i := range len(n) {
		v = v*10 + digit(n, i)
	}
	return v
}

func remainder(n string, mod int) int { return number(n) % mod }

// weighted is the sum of the first digits, each times its weight.
func weighted(n string, weights ...int) int {
	sum := 0
	for i, w := range weights {
		sum += digit(n, i) * w
	}
	return sum
}

// luhn doubles every second digit from the right.
func luhn(n string) bool {
	sum := 0
	for i := range len(n) {
		d := digit(n, len(n)-1-i)
		if i%2 == 1 {
			if d *= 2; d > 9 {
				d -= 9
			}
		}
		sum += d
	}
	return sum%10 == 0
}

// isoMod1110 is ISO 7064, MOD 11,10.
func isoMod1110(n string) bool {
	p := 10
	for i := range len(n) - 1 {
		s := (digit(n, i) + p) % 10
		if s == 0 {
			s = 10
		}
		p = s * 2 % 11
	}
	return (p+digit(n, len(n)-1))%10 == 1
}

// checkAT is Luhn's sum with 4 added to it.
func checkAT(n string) bool {
	sum := 4
	for i := range 7 {
		d := digit(n, i)
		if i%2 == 1 {
			d = d*2/10 + d*2%10
		}
		sum += d
	}
	return (10-sum%10)%10 == digit(n, 7)
}

// checkFR compares the key with the SIREN; keys with letters follow another rule and pass.
func checkFR(n string) bool {
	if n[0] > '9' || n[1] > '9' {
		return true
	}
	return number(n[:2]) == (12+3*remainder(n[2:], 97))%97
}

// checkPT takes a remainder of ten for zero.
func checkPT(n string) bool {
	want := 11 - weighted(n, 9, 8, 7, 6, 5, 4, 3, 2)%11
	if want > 9 {
		want = 0
	}
	return want == digit(n, 8)
}

// checkSI refuses numbers without a check digit.
func checkSI(n string) bool {
	want := 11 - weighted(n, 8, 7, 6, 5, 4, 3, 2)%11
	if want == 10 {
		want = 0
	}
	return want == digit(n, 7)
}

// checkCH is that of the Swiss UID (SR 431.031.1, annex).
func checkCH(n string) bool {
	want := 11 - weighted(n, 5, 4, 3, 2, 7, 6, 5, 4)%11
	if want == 11 {
		want = 0
	}
	return want == digit(n, 8)
}
