package address

// Dialable reports whether text can be a phone number: 5 to 15 digits (ITU-T
// E.164, with short national numbers let in) and the signs people write between.
func Dialable(text string) bool {
	digits := 0
	for _, r := range text {
		switch r {
		case '0', '1', '2', '3', '4', '5', '6', '7', '8', '9':
			digits++
		case '+', ' ', '.', '-', '/', '(', ')', '\u00a0', '\u202f':
		default:
			return false
		}
	}
	return digits >= 5 && digits <= 15
}
