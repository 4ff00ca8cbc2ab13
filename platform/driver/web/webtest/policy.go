package webtest

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
)

// formSources are what the pages of an answer let their forms lead to: a list for each of its policies
// (Content-Security-Policy Level 3, 6.3.1 form-action; a policy that does not name it lets them lead anywhere).
func formSources(h http.Header) (lists [][]string) {
	for _, line := range h.Values("Content-Security-Policy") {
		for _, policy := range strings.Split(line, ",") {
			for _, directive := range strings.Split(policy, ";") {
				if words := strings.Fields(directive); len(words) > 0 && strings.EqualFold(words[0], "form-action") {
					lists = append(lists, words[1:])
				}
			}
		}
	}
	return lists
}

// barred tells that a form of a page must not lead there. Chrome asks it of each redirect after the form, too.
func barred(lists [][]string, page, target *url.URL) bool {
	return slices.ContainsFunc(lists, func(sources []string) bool {
		return !slices.ContainsFunc(sources, func(source string) bool { return matches(source, page, target) })
	})
}

func matches(source string, page, target *url.URL) bool {
	switch source = strings.ToLower(source); {
	case source == "'self'":
		return target.Scheme == page.Scheme && target.Host == page.Host
	case strings.HasSuffix(source, ":"):
		return target.Scheme == strings.TrimSuffix(source, ":")
	}
	scheme, host, ok := strings.Cut(source, "://")
	if !ok || scheme != target.Scheme {
		return false
	}
	if rest, wild := strings.CutPrefix(host, "*"); wild {
		return strings.HasSuffix(target.Host, rest)
	}
	return strings.TrimSuffix(host, "/") == target.Host
}
