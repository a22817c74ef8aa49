.PHONY: demo test build lint format clean-out

demo:        ## Three clean runs, then one with an N+1 fault; ends with the culprit named
	@scripts/setup && scripts/demo

test:        ## Everything CI checks: format, generated code, build, all tests
	@scripts/setup && scripts/test

build:       ## The two executables, optimised
	@scripts/setup && scripts/build

lint:        ## Format check only
	@swift format lint --strict -r Package.swift Sources Tests

format:      ## Rewrites the sources in place
	@swift format -i -r Package.swift Sources Tests

clean-out:   ## Removes what runs leave behind, not the build
	@rm -rf .demo plimsoll-out
