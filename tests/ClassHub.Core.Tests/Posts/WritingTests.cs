using System.Text.RegularExpressions;
using AngleSharp.Dom;
using AngleSharp.Html.Parser;
using ClassHub.Posts;

namespace ClassHub.Tests.Writings;

/// <summary>What a teacher types is read as a teacher means it: a sign is a sign, a price a price, a list a list.</summary>
public sealed class WritingTests
{
    private static IElement Page(string typed) => new HtmlParser().ParseDocument(Markdown.ToHtml(typed)).Body!;

    /// <summary>The words of each line as they are read, whatever stands around them.</summary>
    private static string[] Lines(string typed) =>
        [.. Regex.Replace(Markdown.ToHtml(typed), @"<br ?/?>|</(p|li|h\d|td|th|pre|blockquote)>", "\n").Split('\n').Select(l => new HtmlParser().ParseDocument(l).Body!.TextContent.Trim()).Where(l => l != "")];

    [Theory]
    [InlineData("Work out 2*3*4 and 5 * 6 * 7.")]
    [InlineData("Is 5>3 and 2<4? What about 4*5=20, 6*7=42")]
    [InlineData("x_1 + x_2 = 10 and H_2O, 3~4~5")]
    [InlineData("Name: ______________________________ Class: __________")]
    [InlineData("______________________________")]
    [InlineData("file_name_of_mine and un**believ**able")]
    [InlineData("-5 °C was the night")]
    [InlineData("- 5 °C was the night")]
    [InlineData("+ 3 °C was the day")]
    [InlineData("> is greater")]
    [InlineData("#1 rule")]
    [InlineData("12. March is the trip")]
    [InlineData("1/2 $5 and $10")]
    [InlineData("5$ each, 10$ for two")]
    [InlineData("C:\\papers\\maths and \\\\server\\share")]
    [InlineData("Fish &amp; chips &copy; us")]
    public void What_is_no_mark_stays_as_typed(string typed)
    {
        var page = Page(typed);

        Assert.Equal(typed, page.TextContent.Trim());
        Assert.Empty(page.QuerySelectorAll("em, strong, del, li, blockquote, h2, h3, h4, hr, math"));
    }

    [Theory]
    [InlineData("**bold**, *slanted*, _slanted_, ~~gone~~ and ***both***", "bold", "slanted", "slanted", "gone", "both")]
    [InlineData("(**bold**) and \"*slanted*\"!", "bold", "slanted")]
    [InlineData("请看**“重点”**这里", "“重点”")]
    [InlineData("これは**重要**です。", "重要")]
    [InlineData("이것은 **중요**합니다", "중요")]
    [InlineData("**bold and *slanted* words**", "bold and slanted words", "slanted")]
    public void Emphasis_is_seen_around_words_of_every_script(string typed, params string[] emphasised)
    {
        var found = Page(typed).QuerySelectorAll("strong, em, del").Select(e => e.TextContent).Distinct().ToArray();

        Assert.Equal(emphasised.Distinct(), found);
    }

    [Fact]
    public void Texts_that_were_shown_wrongly_are_right() => Assert.All(WritingCases.All, one => one.Holds(Page(one.Body)));

    [Fact]
    public void Lines_below_a_line_of_signs_make_no_heading_and_blanks_before_words_no_code()
    {
        var page = Page("Total\n=====\n\nOther\n-----\n\n    four blanks before this");

        Assert.Empty(page.QuerySelectorAll("h1, h2, h3, code, pre"));
        Assert.Contains("four blanks before this", page.TextContent, StringComparison.Ordinal);
        Assert.Contains("=====", page.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public void A_sign_before_a_number_is_an_item_only_among_words()
    {
        Assert.Equal(["flour", "2 eggs", "milk"], Page("- flour\n- 2 eggs\n- milk").QuerySelectorAll("li").Select(l => l.TextContent));
        Assert.Equal(["- 5", "- 7", "+ 3"], Lines("- 5\n- 7\n+ 3"));
        Assert.Empty(Page("- 5\n- 7\n+ 3").QuerySelectorAll("li"));
    }

    [Fact]
    public void A_quotation_has_two_lines()
    {
        Assert.Equal("They said\nthis.", Page("> They said\n> this.").QuerySelector("blockquote")!.QuerySelector("p")!.InnerHtml.Replace("<br>", "\n", StringComparison.Ordinal));
        Assert.NotNull(Page("> One line by the toolbar\n>").QuerySelector("blockquote"));
        Assert.Equal(["5 > 3", "> is greater"], Lines("5 > 3\n> is greater"));
    }

    [Fact]
    public void Numbers_make_a_list_only_when_they_count()
    {
        Assert.Equal(["We meet on", "12. December in front of the school.", "Cost:", "5. 50 for the bus", "3) Bring a coat"], Lines("We meet on\n12. December in front of the school.\nCost:\n5. 50 for the bus\n\n3) Bring a coat"));
        Assert.Equal(["Read", "Draw"], Page("1. Read\n2. Draw").QuerySelectorAll("ol > li").Select(l => l.TextContent));
        Assert.Equal(["1. January is a holiday."], Lines("1. January is a holiday."));
        Assert.Equal(["Read", "Draw", "4. April"], Lines("1. Read\n2. Draw\n4. April"));
    }

    [Fact]
    public void A_list_that_counts_on_after_words_is_the_same_list()
    {
        var lists = Page("1. Read\n2. Draw\n\nHave a break.\n\n3. Colour").QuerySelectorAll("ol");

        Assert.Equal([null, "3"], lists.Select(l => l.GetAttribute("start")));
    }

    [Fact]
    public void What_is_indented_below_a_step_stays_in_it_and_headings_and_lists_stay_where_they_are()
    {
        var page = Page("Read this first.\n\n1. Measure the table:\n   - the length\n   - the width\n2. Draw it\n   Use a ruler for this.\n\n## Afternoon\n\n1. Colour it\n2. Show it to somebody\n\nWell done.");

        Assert.Equal(["P", "OL", "H2", "OL", "P"], page.Children.Select(c => c.TagName));
        Assert.Equal(["the length", "the width"], page.QuerySelectorAll("ol:first-of-type > li:first-child > ul > li").Select(l => l.TextContent));
        Assert.Contains("Use a ruler", page.QuerySelectorAll("ol")[0].Children[1].TextContent, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("•\tbread\n•\tmilk")]
    [InlineData("• bread\n• milk")]
    [InlineData("·  bread\n·  milk")]
    [InlineData("\uF0B7\tbread\n\uF0B7\tmilk")]
    public void What_a_word_processor_calls_a_list_is_one(string typed) => Assert.Equal(["bread", "milk"], Page(typed).QuerySelectorAll("ul > li").Select(l => l.TextContent));

    [Fact]
    public void Blanks_in_code_are_never_cut()
    {
        var typed = "def f():\n    if a:\n                        print(\"deep\")\n\n\treturn                         1";

        Assert.Equal(typed, Page($"```\n{typed}\n```").QuerySelector("pre")!.TextContent.TrimEnd('\n'));
        Assert.Equal("a                              b", Page("`a                              b`").QuerySelector("code")!.TextContent);
    }

    [Fact]
    public void Blanks_between_words_are_kept() => Assert.Equal("A    B", Page("A    B").TextContent.Replace('\u00A0', ' '));

    [Fact]
    public void A_wide_table_row_leaves_the_others_alone_and_alignment_stays()
    {
        var wide = string.Concat(Enumerable.Range(1, 17).Select(i => $"|{i}")) + "|";
        var page = Page($"| Day | Sum |\n|:----|----:|\n| Mon | 5 |\n| Tue | 12 |\n\nName | A\\|B | c\n--- | --- | ---\nx | `a|b` | z\n\n{wide}\n{string.Concat(Enumerable.Repeat("|-", 17))}|\n{wide}");

        Assert.Equal([2, 3, 17], page.QuerySelectorAll("table").Select(t => t.QuerySelectorAll("th").Length));
        Assert.Equal([null, "right"], page.QuerySelectorAll("table")[0].QuerySelectorAll("tbody tr:first-child td").Select(d => d.GetAttribute("align") is "left" ? null : d.GetAttribute("align")));
        Assert.Equal(["Name", "A|B", "c", "x", "a|b", "z"], page.QuerySelectorAll("table")[1].QuerySelectorAll("th, td").Select(d => d.TextContent));
    }

    [Theory]
    [InlineData("1st https://en.wikipedia.org/wiki/Mercury_(planet) end", "https://en.wikipedia.org/wiki/Mercury_(planet)")]
    [InlineData("(see https://en.wikipedia.org/wiki/Mercury_(planet))", "https://en.wikipedia.org/wiki/Mercury_(planet)")]
    [InlineData("Watch:https://example.org/colon now", "https://example.org/colon")]
    [InlineData("\"https://example.org/quoted\" and more", "https://example.org/quoted")]
    [InlineData("“https://example.org/curly”", "https://example.org/curly")]
    [InlineData("[named](https://en.wikipedia.org/wiki/Mercury_(planet))", "https://en.wikipedia.org/wiki/Mercury_(planet)")]
    [InlineData("[space](https://example.org/my file.pdf)", "https://example.org/my%20file.pdf")]
    [InlineData("[umlaut](https://de.wikipedia.org/wiki/Grüße)", "https://de.wikipedia.org/wiki/Gr%C3%BC%C3%9Fe")]
    [InlineData("https://example.org/a_b_c_d?x=1&y=2#frag!", "https://example.org/a_b_c_d?x=1&y=2#frag")]
    [InlineData("www.example.org/bare", "https://www.example.org/bare")]
    [InlineData("youtu.be/dQw4w9WgXcQ", "https://youtu.be/dQw4w9WgXcQ")]
    [InlineData("https://example.org/*star*/x", "https://example.org/*star*/x")]
    [InlineData("http://example.org/~teacher/file_name_.html", "http://example.org/~teacher/file_name_.html")]
    [InlineData("HTTPS://EXAMPLE.ORG/UPPER", "https://example.org/UPPER")]
    [InlineData("teacher@example.org", "mailto:teacher@example.org")]
    [InlineData("Write to office@example.org.", "mailto:office@example.org")]
    [InlineData("请看https://example.org/a，谢谢", "https://example.org/a")]
    [InlineData("https://example.org/bを見て", "https://example.org/b")]
    [InlineData("**https://example.org/bold**", "https://example.org/bold")]
    [InlineData("<https://example.org/angle>", "https://example.org/angle")]
    [InlineData("[titled](https://example.org/t \"a title\")", "https://example.org/t")]
    public void An_address_is_a_link_wherever_it_stands(string typed, string address) => Assert.Equal([address], Page(typed).QuerySelectorAll("a").Select(a => a.GetAttribute("href")));

    [Theory]
    [InlineData("https://")]
    [InlineData("https://user:word@example.org/")]
    [InlineData("awww.example")]
    [InlineData("look@home")]
    [InlineData("`https://example.org/code`")]
    public void What_is_no_address_is_no_link(string typed) => Assert.Null(Page(typed).QuerySelector("a[href]"));

    [Fact]
    public void Each_paragraph_item_heading_and_cell_finds_its_own_direction()
    {
        var page = Page("# أ\n\nأحضروا معكم الغداء (شطيرة وماء).\n\n- كتاب العلوم\n- قلم رصاص\n\n> א\n> ב\n\n| א | b |\n|---|---|\n| 1 | 2 |\n\n1. א\n2. b");

        Assert.All(page.QuerySelectorAll("p, li, h2, th, td, blockquote"), e => Assert.Equal("auto", e.GetAttribute("dir")));
    }

    [Theory]
    [InlineData("[a", 140)]
    [InlineData("1. ", 400)]
    [InlineData("> 1. ", 300)]
    [InlineData("![a", 200)]
    [InlineData("- ", 300)]
    [InlineData("**_~~a", 300)]
    [InlineData("$x", 300)]
    [InlineData(">\n", 300)]
    [InlineData(" - a\n ", 300)]
    public void Whatever_is_nested_a_hundred_times_is_shown_to_its_last_word(string part, int times)
    {
        var page = Page(string.Concat(Enumerable.Repeat(part, times)) + "\nthe last word");

        Assert.EndsWith("the last word", page.TextContent.TrimEnd(), StringComparison.Ordinal);
        Assert.Equal(part.Count(char.IsLetter) * times, page.TextContent.Count(c => c is 'a' or 'x') - 1);
    }

    [Fact]
    public void The_first_words_are_read_without_marks_and_with_their_signs() =>
        Assert.Equal("Sums Work out 2*3*4 and bold words - 5 °C a link", Markdown.FirstWords("# Sums\nWork out 2*3*4 and **bold** words\n- 5 °C\n[a link](https://example.org)", 200));
}
