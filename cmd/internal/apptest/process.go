package apptest

import (
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
)

// descendants are the processes below one, at any depth.
func descendants(of int) []int {
	parents := map[int]int{}
	files, _ := filepath.Glob("/proc/[0-9]*/stat") // the only error is a malformed pattern
	for _, file := range files {
		pid, err := strconv.Atoi(filepath.Base(filepath.Dir(file)))
		if err != nil {
			continue
		}
		text, _ := os.ReadFile(file) // it may have ended meanwhile
		// The name stands in parentheses and may hold anything; state and parent follow it.
		_, rest, _ := strings.Cut(string(text[max(0, strings.LastIndexByte(string(text), ')')):]), " ")
		if fields := strings.Fields(rest); len(fields) > 1 {
			parents[pid], _ = strconv.Atoi(fields[1])
		}
	}
	var found []int
	for pid := range parents {
		for up := parents[pid]; up > 1; up = parents[up] {
			if up == of {
				found = append(found, pid)
				break
			}
		}
	}
	return found
}

// Alive tells whether a process is there and not only waited for.
func Alive(pid int) bool {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		return false
	}
	_, rest, _ := strings.Cut(string(text), ") ")
	return !strings.HasPrefix(rest, "Z")
}
