package syntax

// Suggest is the known word a wrong one was probably meant to be, "" for none: the nearest by typing mistakes, of which it may
// have one for each three letters.
func Suggest(wrong string, known []string) string {
	best, nearest := len(wrong)/3+1, ""
	for _, word := range known {
		if d := distance(wrong, word, best); d < best || d == best && (nearest == "" || word < nearest) {
			best, nearest = d, word
		}
	}
	return nearest
}

// distance counts the letters to add, drop, change or swap that make b of a; beyond most it is most+1.
func distance(a, b string, most int) int {
	if len(a)-len(b) > most || len(b)-len(a) > most || len(a) > 64 || len(b) > 64 {
		return most + 1
	}
	var rows [3][65]int
	for j := range len(b) + 1 {
		rows[0][j] = j
	}
	older, old, now := 2, 0, 1
	for i := 1; i <= len(a); i++ {
		rows[now][0] = i
		for j := 1; j <= len(b); j++ {
			change := 1
			if a[i-1] == b[j-1] {
				change = 0
			}
			d := min(rows[old][j]+1, rows[now][j-1]+1, rows[old][j-1]+change)
			if i > 1 && j > 1 && a[i-1] == b[j-2] && a[i-2] == b[j-1] {
				d = min(d, rows[older][j-2]+1)
			}
			rows[now][j] = d
		}
		older, old, now = old, now, older
	}
	return min(rows[old][len(b)], most+1)
}
