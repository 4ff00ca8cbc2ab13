package media

// Orientation lets the fuzz test read metadata without a whole picture around it.
func Orientation(data []byte) int {
	worst := upright
	for _, f := range formats {
		if o := orientation(data, f); o != upright {
			worst = o
		}
	}
	return worst
}
