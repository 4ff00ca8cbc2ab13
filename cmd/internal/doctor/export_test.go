package doctor

// What the tests need of the inside: the judgements whose inputs a machine cannot
// be made to show.
var (
	LocalNamesWith = localNames
	JudgeFiles     = fileLimit
	JudgeSpace     = space
)
