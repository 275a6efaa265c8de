// Reads a Dockerfile as BuildKit does and compose files as Docker Compose does, with every profile, and
// prints what they come to. It ends with 1 at the first fault.
package main

import (
	"bytes"
	"context"
	"fmt"
	"os"
	"sort"
	"strings"

	"github.com/compose-spec/compose-go/v2/cli"
	"github.com/moby/buildkit/frontend/dockerfile/instructions"
	"github.com/moby/buildkit/frontend/dockerfile/linter"
	"github.com/moby/buildkit/frontend/dockerfile/parser"
)

func main() {
	for _, file := range os.Args[1:] {
		check := checkCompose
		if strings.HasSuffix(file, "Dockerfile") {
			check = checkDockerfile
		}
		told, err := check(file)
		if err != nil {
			fmt.Fprintf(os.Stderr, "%s: %v\n", file, err)
			os.Exit(1)
		}
		fmt.Printf("%s: %s\n", file, strings.Join(told, ", "))
	}
}

func checkCompose(file string) ([]string, error) {
	options, err := cli.NewProjectOptions([]string{file}, cli.WithProfiles([]string{"*"}))
	if err != nil {
		return nil, err
	}
	project, err := options.LoadProject(context.Background())
	if err != nil {
		return nil, err
	}
	names := project.ServiceNames()
	sort.Strings(names)
	return names, nil
}

// The rules of the linter that need no more than the file; each of them is a fault here.
func checkDockerfile(file string) ([]string, error) {
	text, err := os.ReadFile(file)
	if err != nil {
		return nil, err
	}
	parsed, err := parser.Parse(bytes.NewReader(text))
	if err != nil {
		return nil, err
	}
	var warnings []string
	for _, warning := range parsed.Warnings {
		warnings = append(warnings, warning.Short)
	}
	stages, _, err := instructions.Parse(parsed.AST, linter.New(&linter.Config{
		Warn: func(rule, _, _, message string, _ []parser.Range) {
			warnings = append(warnings, rule+": "+message)
		},
	}))
	if err != nil {
		return nil, err
	}
	if len(warnings) > 0 {
		return nil, fmt.Errorf("%s", strings.Join(warnings, "; "))
	}
	var told []string
	for _, stage := range stages {
		told = append(told, fmt.Sprintf("%s with %d instructions", stage.BaseName, len(stage.Commands)))
	}
	return told, nil
}
