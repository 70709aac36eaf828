using AngleSharp.Dom;

namespace ClassHub.Tests;

/// <summary>Texts of the kinds that teachers typed and that were shown wrongly, each with what its page must hold.</summary>
internal static class WritingCases
{
    public sealed record Case(string Name, bool IsTask, string Title, string Body, Action<IElement> Holds)
    {
        public override string ToString() => Name;
    }

    private static readonly string Wide = string.Concat(Enumerable.Range(1, 17).Select(i => $"|{i}")) + "|";
    private static readonly string Long = string.Concat(Enumerable.Repeat("Pneumonoultramicroscopicsilicovolcanoconiosis", 5));

    public static readonly IReadOnlyList<Case> All =
    [
        new("urls", false, "Links of many kinds", """
            1st https://en.wikipedia.org/wiki/Mercury_(planet) end
            (see https://en.wikipedia.org/wiki/Mercury_(planet))
            Watch:https://example.org/colon now
            "https://example.org/quoted" and “https://example.org/curly”
            [named](https://en.wikipedia.org/wiki/Mercury_(planet))
            [space](https://example.org/my file.pdf)
            [umlaut](https://de.wikipedia.org/wiki/Grüße)
            https://example.org/a_b_c_d?x=1&y=2#frag!
            www.example.org/bare
            youtu.be/dQw4w9WgXcQ
            https://example.org/*star*/x
            http://example.org/~teacher/file_name_.html
            HTTPS://EXAMPLE.ORG/UPPER
            teacher@example.org
            """, page => Assert.Equal(["https://en.wikipedia.org/wiki/Mercury_(planet)", "https://en.wikipedia.org/wiki/Mercury_(planet)", "https://example.org/colon", "https://example.org/quoted", "https://example.org/curly",
                "https://en.wikipedia.org/wiki/Mercury_(planet)", "https://example.org/my%20file.pdf", "https://de.wikipedia.org/wiki/Gr%C3%BC%C3%9Fe", "https://example.org/a_b_c_d?x=1&y=2#frag", "https://www.example.org/bare",
                "https://youtu.be/dQw4w9WgXcQ", "https://example.org/*star*/x", "http://example.org/~teacher/file_name_.html", "https://example.org/UPPER", "mailto:teacher@example.org"], page.QuerySelectorAll("a").Select(a => a.GetAttribute("href")))),
        new("maths", false, "Maths signs", """
            Work out 2*3*4 and 5 * 6 * 7.
            Is 5>3 and 2<4? What about 4*5=20, 6*7=42
            x_1 + x_2 = 10 and H_2O, 3~4~5
            Name: ______________________________ Class: __________
            5 > 3
            > is greater
            - 5 °C was the night
            + 3 °C was the day
            #1 rule
            12. March is the trip
            1/2 $5 and $10
            """, page =>
            {
                Assert.Empty(page.QuerySelectorAll("em, strong, del, li, blockquote, h2, h3, math"));
                foreach (var typed in new[] { "2*3*4", "5 * 6 * 7.", "x_1 + x_2", "3~4~5", "Name: ______________________________ Class: __________", "5 > 3", "> is greater", "- 5 °C", "+ 3 °C", "#1 rule", "12. March", "1/2 $5 and $10" })
                    Assert.Contains(typed, page.TextContent, StringComparison.Ordinal);
            }),
        new("code", false, "Python code", "```\ndef f():\n    if a:\n        for x in y:\n            while z:\n                if q:\n                    if r:\n                        print(\"deep\")\n```",
            page => Assert.Contains("\n                        print(\"deep\")", page.QuerySelector("pre")!.TextContent, StringComparison.Ordinal)),
        new("table", false, "Tables", $"| Day | Sum |\n|:----|----:|\n| Mon | 5 |\n| Tue | 12 |\n\nName | A\\|B | c\n--- | --- | ---\nx | `a|b` | z\n\n{Wide}\n{string.Concat(Enumerable.Repeat("|-", 17))}|\n{Wide}", page =>
        {
            Assert.Equal([2, 3, 17], page.QuerySelectorAll("table").Select(t => t.QuerySelectorAll("th").Length));
            Assert.Equal("right", page.QuerySelectorAll("table")[0].QuerySelectorAll("td")[1].GetAttribute("align"));
            Assert.Equal("A|B", page.QuerySelectorAll("table")[1].QuerySelectorAll("th")[1].TextContent);
        }),
        new("steps", true, "Steps with parts", "Read this first.\n\n1. Measure the table:\n   - the length\n   - the width\n2. Draw it\n   Use a ruler for this.\n\n## Afternoon\n\n1. Colour it\n2. Show it to somebody\n\nWell done.", page =>
        {
            Assert.Equal([2, 2], page.QuerySelectorAll("ol").Select(l => l.Children.Length));
            Assert.Equal(["the length", "the width"], page.QuerySelector("ol > li")!.QuerySelectorAll("ul > li").Select(l => l.TextContent));
            var order = new[] { "Read this first.", "Measure", "the width", "Use a ruler", "Afternoon", "Colour it", "Well done." }.Select(w => page.TextContent.IndexOf(w, StringComparison.Ordinal)).ToList();
            Assert.Equal(order.Order(), order);
            Assert.DoesNotContain(-1, order);
        }),
        new("dates", true, "Bring for the trip", "We meet on\n12. December in front of the school.\nCost:\n5. 50 for the bus\n\n3) Bring a coat", page =>
        {
            Assert.Empty(page.QuerySelectorAll("ol, input[type=checkbox]"));
            foreach (var typed in new[] { "12. December", "5. 50 for", "3) Bring" }) Assert.Contains(typed, page.TextContent, StringComparison.Ordinal);
        }),
        new("arabic", false, "رحلة إلى المتحف يوم الثلاثاء\u200F!", "أحضروا معكم الغداء (شطيرة وماء)\u200F.\n\n- كتاب العلوم\n- قلم رصاص\n\nThe bus leaves at 9.\n\nנפגשים בשעה 9:30 (ליד השער)!", page =>
        {
            Assert.All(page.QuerySelectorAll("p[dir], li[dir]"), e => Assert.Equal("auto", e.GetAttribute("dir")));
            Assert.True(page.QuerySelectorAll("p[dir], li[dir]").Length >= 5);
            Assert.Contains("\u200F.", page.TextContent, StringComparison.Ordinal);
        }),
        new("long", false, Long[..112], $"{Long}\n\n[{Long}](https://example.org/x)\n\n`{Long}`\n\n# {Long}", page =>
        {
            Assert.Equal("https://example.org/x", page.QuerySelector("a")!.GetAttribute("href"));
            Assert.Equal(Long, page.QuerySelector("h2")!.TextContent);
        }),
        new("accent", false, "École: réunion à Zürich", "Nous parlons d’écologie. Москва и Волга. Don’t forget “exact words” here. naïve coöperate e-mail. 数学作业第三页. ZÜRICH ist schön",
            page => Assert.Contains("d’écologie. Москва и Волга. Don’t forget “exact words” here. naïve coöperate e-mail. 数学作业第三页.", page.TextContent, StringComparison.Ordinal)),
    ];
}
