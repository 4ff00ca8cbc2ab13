package pglocal

// What the tests need of the inside.
var (
	FindIn         = findIn
	FolderProblem  = folderProblem
	ProgramProblem = programProblem
)
