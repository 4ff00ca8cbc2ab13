package form

import (
	"math"
	"strconv"
	"strings"
)

// NoRevision is the revision of nothing that is stored.
const NoRevision = -1

// Revision reads the revision a form was made from. What no row can have is stale like an old one: whoever sent it
// is shown what is stored now. A revision is raised by one in a column of four bytes, so the largest counts as none.
func Revision(text string) int {
	n, err := strconv.ParseInt(strings.TrimSpace(text), 10, 32)
	if err != nil || n < 0 || n == math.MaxInt32 {
		return NoRevision
	}
	return int(n)
}
