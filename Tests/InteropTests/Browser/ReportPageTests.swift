import Foundation
import TestSupport
import Testing

extension Interop {
    /// What people open: the pages and pictures of the sample runs, in a real browser.
    @Suite(.enabled(if: Browser.isInstalled, "chromium is not installed")) struct ReportPages {
        private static func sample(_ path: String) -> String {
            InteropPrograms.repository + "/Tests/ReportingTests/Snapshots/" + path
        }

        /// Names and width, in whatever page.
        private static let inspection = #"""
            const name = node => node.getAttribute('aria-label') || node.querySelector(':scope > title')?.textContent
              || node.textContent.trim();
            const named = '[role=img], [role=tree], [role=treeitem], [role=button], button, a[href], summary';
            result.unnamed = [...page.querySelectorAll(named)].filter(node => !name(node)).length;
            result.named = page.querySelectorAll(named).length;
            result.overflow = page.documentElement.scrollWidth - view.innerWidth;
            result.tabs = page.querySelectorAll('[tabindex="0"], a[href], summary').length;
            result.external = [...page.querySelectorAll('[src], link[href], image, use')].length;
            """#

        @Test(
            arguments: [
                "regression/report.html", "passing/report.html", "exploratory/report.html", "invalid/report.html",
                "interrupted/report.html",
            ],
            [1280, 390]
        )
        func `a report opens from disk without an error, fits its window and names what it shows`(
            file: String,
            width: Int
        ) async throws {
            let visit = try await Browser.visit(Self.sample(file), width: width, script: Self.inspection)
            #expect(visit.text("error").isEmpty, "\(visit.text("error"))")
            #expect(visit.console.isEmpty, "\(visit.console)")
            #expect(visit.number("overflow") <= 0, "\(visit.number("overflow")) pixels beyond the window")
            #expect(visit.number("unnamed") == 0)
            #expect(visit.number("external") == 0)
        }

        @Test(arguments: ["regression/flamegraph.svg", "regression/flamegraph.diff.svg", "regression/report.html"])
        func `a flamegraph zooms, searches and is walked with the keyboard`(file: String) async throws {
            let visit = try await Browser.visit(
                Self.sample(file),
                width: 1280,
                script: Self.inspection + #"""
                    const graph = page.querySelector('svg.flame:not(.defs)');
                    const panel = graph.querySelector('.panel');
                    const frames = [...panel.querySelectorAll('.f')];
                    const detail = graph.querySelector('.detail');
                    const off = () => frames.filter(node => node.classList.contains('off')).length;
                    const widths = () => frames.map(node => node.getAttribute('width')).join();
                    const before = widths();
                    const query = frames.find(node => node.getAttribute('aria-label').includes('SELECT products'));
                    click(query.querySelector('rect'));
                    result.zoomed = query.getAttribute('width') === '100%' && off() > 0;
                    key(query, 'Escape');
                    result.reset = widths() === before && off() === 0;
                    frames[0].focus();
                    key(frames[0], 'ArrowDown');
                    result.walked = page.activeElement === frames[1];
                    key(frames[1], 'Enter');
                    result.entered = frames[1].getAttribute('width') === '100%';
                    key(frames[1], 'ArrowUp');
                    result.up = page.activeElement === frames[0];
                    key(frames[0], 'Escape');
                    key(frames[0], '/');
                    for (const letter of 'payments') key(frames[0], letter);
                    key(frames[0], 'Enter');
                    result.found = detail.textContent;
                    result.missed = frames.filter(node => node.classList.contains('miss')).length;
                    result.hits = frames.filter(node => node.classList.contains('hit')).length;
                    key(frames[0], 'Escape');
                    result.cleared = frames.every(node => !node.classList.contains('miss'));
                    frames[1].focus();
                    result.told = detail.textContent;
                    result.buttons = [...graph.querySelectorAll('.button')].every(node => node.classList.contains('on'));
                    """#
            )
            #expect(visit.text("error").isEmpty, "\(visit.text("error"))")
            #expect(visit.console.isEmpty, "\(visit.console)")
            for step in ["zoomed", "reset", "walked", "entered", "up", "cleared", "buttons"] {
                #expect(visit.flag(step), "\(step): \(visit.results)")
            }
            let found = visit.text("found")
            #expect(found.contains(/\d+ frames match "payments", \d+\.\d % of the width/), "\(found)")
            #expect(visit.number("hits") > 0 && visit.number("missed") > visit.number("hits"))
            #expect(visit.text("told").contains("per request"), "\(visit.text("told"))")
            #expect(visit.number("unnamed") == 0 && visit.number("named") > 10)
        }

        @Test func `the colours of a diff change with the button, and back`() async throws {
            let visit = try await Browser.visit(
                Self.sample("regression/flamegraph.diff.svg"),
                width: 1280,
                script: #"""
                    const classes = () => [...page.querySelectorAll('.f')].map(node => [...node.classList].sort().join(' ')).join();
                    const button = page.querySelector('.button[data-does=swap]');
                    const own = classes();
                    click(button);
                    result.changed = classes() !== own;
                    click(button);
                    result.back = classes() === own;
                    """#
            )
            #expect(visit.text("error").isEmpty, "\(visit.text("error"))")
            #expect(visit.flag("changed") && visit.flag("back"), "\(visit.results)")
        }

        @Test(arguments: ["regression/badge.svg", "passing/badge.svg"])
        func `a badge shows its text without cutting it`(file: String) async throws {
            let visit = try await Browser.visit(
                Self.sample(file),
                width: 390,
                script: Self.inspection + #"""
                    const texts = [...page.querySelectorAll('text')];
                    result.fits = texts.length === 2 && texts.every(node => {
                      const box = node.getBBox();
                      return box.x >= 0 && box.x + box.width <= page.documentElement.width.baseVal.value;
                    });
                    """#
            )
            #expect(visit.text("error").isEmpty && visit.console.isEmpty, "\(visit.results) \(visit.console)")
            #expect(visit.flag("fits"))
        }
    }
}
