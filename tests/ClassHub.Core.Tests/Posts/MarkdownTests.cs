using ClassHub.Posts;

namespace ClassHub.Tests.Writings;

public sealed class MarkdownTests
{
    [Fact]
    public void A_table_too_wide_to_read_does_not_grow_to_megabytes()
    {
        var wide = string.Concat(Enumerable.Repeat("|a", 100)) + "|\n" + string.Concat(Enumerable.Repeat("|-", 100)) + "|\n" + string.Concat(Enumerable.Repeat("|x|\n", 4_000));

        Assert.True(Markdown.ToHtml(wide).Length < 200_000);
    }

    [Theory]
    [InlineData("[x](javascript:alert(1))")]
    [InlineData("[x](JaVa\tScript:alert(1))")]
    [InlineData("[x](java&#10;script:alert(1))")]
    [InlineData("[x](data:text/html,<script>alert(1)</script>)")]
    [InlineData("[x](vbscript:msgbox)")]
    [InlineData("[x](file:///etc/passwd)")]
    [InlineData("[x](//evil.example/)")]
    [InlineData("[x](/\\evil.example)")]
    [InlineData("<javascript:alert(1)>")]
    public void M02_A_link_that_is_not_to_the_web_is_only_text(string typed)
    {
        var html = Markdown.ToHtml(typed);

        Assert.DoesNotContain("href", html, StringComparison.OrdinalIgnoreCase);
    }

    [Theory]
    [InlineData("[x](https://example.org/a)", "https://example.org/a")]
    [InlineData("https://example.org/a", "https://example.org/a")]
    [InlineData("[x](mailto:office@example.org)", "mailto:office@example.org")]
    public void M02_A_link_to_the_web_says_that_we_do_not_vouch_for_it(string typed, string address)
    {
        var html = Markdown.ToHtml(typed);

        Assert.Contains($"href=\"{address}\"", html, StringComparison.Ordinal);
        Assert.Contains("rel=\"noopener noreferrer nofollow ugc\"", html, StringComparison.Ordinal);
    }

    [Fact]
    public void M03_A_picture_from_elsewhere_becomes_its_words()
    {
        var html = Markdown.ToHtml("Look: ![a volcano](http://tracker.example/x.png) and ![](http://tracker.example/y.png)");

        Assert.Contains("a volcano", html, StringComparison.Ordinal);
        Assert.DoesNotContain("tracker", html, StringComparison.Ordinal);
        Assert.DoesNotContain("<img", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("<script>alert(1)</script>")]
    [InlineData("<form action=/x><button>go</button></form>")]
    [InlineData("<p style='position:fixed' id=csrf name=_form onclick=alert(1)>x</p>")]
    [InlineData("<img src=x onerror=alert(1)>")]
    [InlineData("<svg/onload=alert(1)>")]
    [InlineData("<a href='javascript:alert(1)'>x</a>")]
    [InlineData("# x {#csrf .a onclick=alert(1)}")]
    [InlineData("<math><mtext></p><style><img src=x onerror=alert(1)>")]
    public void M06_Nothing_typed_becomes_an_element_of_ours(string typed)
    {
        var page = new AngleSharp.Html.Parser.HtmlParser().ParseDocument(Markdown.ToHtml(typed));

        Assert.Empty(page.QuerySelectorAll("script, form, button, img, svg, style, input, iframe, math, [id], [name], [style], [class], [onclick], [onerror], [onload], a[href^=javascript]"));
    }

    [Theory]
    [InlineData(">")]
    [InlineData("* ")]
    [InlineData("[")]
    [InlineData("![")]
    [InlineData("**_~~")]
    [InlineData("(\n")]
    public async Task Deep_nesting_costs_no_seconds(string piece)
    {
        var typed = string.Concat(Enumerable.Repeat(piece, Post.LongestBody / piece.Length));

        await Task.Run(() => Markdown.ToHtml(typed)).WaitAsync(TimeSpan.FromSeconds(10));
    }

    [Fact]
    public void The_usual_marks_are_shown()
    {
        var html = Markdown.ToHtml("# Title\n\n**bold** *slanted*\n\n* one\n* two\n\n| a | b |\n|---|---|\n| 1 | 2 |");

        foreach (var part in new[] { "<h2 dir=\"auto\">Title</h2>", "<strong>bold</strong>", "<em>slanted</em>", "<li dir=\"auto\">one</li>", "<td dir=\"auto\">1</td>" }) Assert.Contains(part, html, StringComparison.Ordinal);
        Assert.DoesNotContain("<h1", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("javascript:alert(1)")]
    [InlineData("data:text/html,x")]
    [InlineData("file:///etc/passwd")]
    [InlineData("//")]
    [InlineData("https://user:word@example.org/")]
    [InlineData("http://localhost/")]
    [InlineData("not an address")]
    [InlineData("")]
    public void A_link_of_a_post_is_a_web_address(string typed) => Assert.Throws<RuleBroken>(() => new PostLink(typed, null, 0));

    [Theory]
    [InlineData("example.org/a b", "https://example.org/a%20b", "example.org")]
    [InlineData(" http://example.org ", "http://example.org/", "example.org")]
    public void A_link_of_a_post_may_be_typed_briefly(string typed, string address, string title)
    {
        var link = new PostLink(typed, " ", 0);

        Assert.Equal((address, title), (link.Url, link.Title));
    }
}
