using System.Net;
using AngleSharp.Dom;
using ClassHub.Media;
using ClassHub.Posts;
using ClassHub.Web.Tests.Media;
using Microsoft.EntityFrameworkCore;

namespace ClassHub.Web.Tests.Writings;

/// <summary>What a teacher types into the form is what pupils read, and what the form showed before.</summary>
public sealed class WritingPostsTests : IAsyncLifetime
{
    private readonly MediaSchool school = new();
    private Visitor okafor = null!, amira = null!;
    private string Composer => $"/classes/{school.ClassId}/posts/new";

    public async Task InitializeAsync()
    {
        await school.InitializeAsync();
        (okafor, amira) = (await school.Site.SignedInAsync("Okafor"), await school.Site.SignedInAsync("Haddad"));
    }

    public async Task DisposeAsync()
    {
        okafor.Dispose();
        amira.Dispose();
        await school.DisposeAsync();
    }

    /// <summary>Posts through the real form.</summary>
    private async Task<int> PostAsync(string title, string body, bool isTask = false, params (string, string)[] more)
    {
        var answer = await okafor.PostFormAsync(Composer, [("Form.Kind", isTask ? "Task" : "Notice"), ("Form.Title", title), ("Form.Body", body.Replace("\n", "\r\n", StringComparison.Ordinal)), ("Form.ForAll", "true"), ("Form.Goes", "Now"),
            ("Form.TakesText", "true"), ("Form.TakesLate", "true"), .. more]);
        Assert.Equal(HttpStatusCode.Redirect, answer.Status);
        return await school.Site.WithDbAsync(db => db.Posts.OrderByDescending(p => p.Id).Select(p => p.Id).FirstAsync());
    }

    private async Task<IDocument> PageAsync(Visitor who, int postId, bool isTask = false) => (await who.GetAsync($"/classes/{school.ClassId}/{(isTask ? "tasks" : "posts")}/{postId}")).Page;

    private async Task<IElement> PreviewAsync(string body, bool isTask = false, params (string, string)[] more) => (await okafor.PostAsync(Composer + "?handler=Check",
        [("_form", await okafor.TokenAsync()), ("Form.Kind", isTask ? "Task" : "Notice"), ("Form.Title", "Seen before"), ("Form.Body", body), ("Form.ForAll", "true"), .. more])).Page.Body!;

    [Fact]
    public async Task Each_text_that_was_shown_wrongly_is_right_on_the_pupils_page_and_in_the_composer()
    {
        foreach (var one in WritingCases.All)
        {
            var page = await PageAsync(amira, await PostAsync(one.Title, one.Body, one.IsTask), one.IsTask);
            var words = one.IsTask ? page.QuerySelector("section[aria-label='What it is about']")! : page.QuerySelector("section.prose")!;
            var preview = (await PreviewAsync(one.Body, one.IsTask)).QuerySelector(".phone .card")!;

            one.Holds(words);
            one.Holds(preview);
            Assert.Equal((one.Title, "auto"), (page.QuerySelector("h1")!.TextContent, page.QuerySelector("h1")!.GetAttribute("dir")));
            if (!one.IsTask) Assert.Equal(words.InnerHtml, preview.InnerHtml);
        }
    }

    [Fact]
    public async Task A_formula_is_made_when_the_post_is_saved_and_told_when_it_cannot_be_read()
    {
        var id = await PostAsync("Fractions", "Work out $\\frac{3}{4}$ of $12.\nAnd $\\frac{1$ too.");

        var page = await PageAsync(amira, id);
        var check = await PreviewAsync("Work out $\\frac{1$ and $x^2$.");

        Assert.Contains("mfrac", await school.Site.WithDbAsync(db => db.Posts.Where(p => p.Id == id).Select(p => p.Formulae).SingleAsync()), StringComparison.Ordinal);
        Assert.Equal("3/4", page.QuerySelector(".sum-words")!.TextContent);
        Assert.Contains("of $12.", page.QuerySelector("section.prose")!.TextContent, StringComparison.Ordinal);
        Assert.Contains("“$\\frac{1$” cannot be read as a formula", check.TextContent, StringComparison.Ordinal);
        Assert.NotNull(check.QuerySelector(".phone msup"));
    }

    [Fact]
    public async Task A_picture_of_the_post_stands_in_its_text_and_no_other()
    {
        var own = await school.PostAsync(Studio.Photo(600, 400), "the map.jpg");
        var other = await school.PostAsync(Studio.Photo(600, 400), "other.jpg");
        const string body = "Look:\n![Our village](the map.jpg)\n![x](other.jpg) ![y](https://tracker.example/z.png)";

        var page = await PageAsync(amira, await PostAsync("The map", body, false, ("Form.Keep", $"{own.Id}")));
        var preview = await PreviewAsync(body, false, ("Form.Keep", $"{own.Id}"));

        foreach (var words in new[] { page.QuerySelector("section.prose")!, preview.QuerySelector(".phone .card")! })
        {
            var picture = Assert.Single(words.QuerySelectorAll("img"));
            Assert.Equal(("Our village", $"/files/{own.Key}", "lazy"), (picture.GetAttribute("alt"), picture.GetAttribute("src"), picture.GetAttribute("loading")));
            Assert.DoesNotContain(other.Key, words.InnerHtml, StringComparison.Ordinal);
            Assert.DoesNotContain("tracker", words.InnerHtml, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_post_from_before_looks_as_it_did_until_it_is_written_anew()
    {
        var id = await PostAsync("Old words", "Total\n=====\n12. Draw\n\nun**believ**able");
        await school.Site.WithDbAsync(db => db.Posts.Where(p => p.Id == id).ExecuteUpdateAsync(set => set.SetProperty(p => p.Rules, WritingRules.First)));

        var before = await PageAsync(amira, id);
        var form = (await okafor.GetAsync($"/classes/{school.ClassId}/posts/{id}/edit")).Page;
        await okafor.PostFormAsync($"/classes/{school.ClassId}/posts/{id}/edit", ("Form.Title", "Old words"), ("Form.Body", "Total\n=====\n12. Draw\n\nun**believ**able"), ("Form.ForAll", "true"), ("Form.Goes", "Now"),
            ("Form.Version", form.QuerySelector("input[name='Form.Version']")!.GetAttribute("value")!));
        var after = await PageAsync(amira, id);

        Assert.NotNull(before.QuerySelector("section.prose strong"));
        Assert.NotNull(before.QuerySelector("section.prose ol"));
        Assert.Null(after.QuerySelector("section.prose strong, section.prose ol"));
        Assert.Contains("un**believ**able", after.QuerySelector("section.prose")!.TextContent, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_typed_is_laid_out_from_its_own_side()
    {
        var id = await PostAsync("Volcano poster", "Draw it", isTask: true);

        foreach (var (who, address) in new[] { (okafor, Composer), (amira, $"/classes/{school.ClassId}/tasks/{id}"), (okafor, "/search"), (amira, "/me") })
        {
            var fields = (await who.GetAsync(address)).Page.QuerySelectorAll("main textarea, main input:not([type]), main input[type=text], main input[type=search]");
            Assert.All(fields, f => Assert.Equal("auto", f.GetAttribute("dir")));
        }
        Assert.Equal("auto", (await okafor.GetAsync(Composer)).Page.QuerySelector("textarea[name='Form.Body']")!.GetAttribute("dir"));
        Assert.DoesNotContain("dir=", (await okafor.GetAsync(Composer)).Page.QuerySelector("input[type=datetime-local]")!.OuterHtml, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_number_alone_is_said_to_be_no_step_and_opening_the_form_keeps_nothing()
    {
        await okafor.GetAsync(Composer);
        var check = await PreviewAsync("1. Draw it", isTask: true);

        Assert.Contains("“1.” alone is no step", check.TextContent, StringComparison.Ordinal);
        Assert.Equal(0, await school.Site.WithDbAsync(db => db.Posts.CountAsync()));
    }

    [Fact]
    public async Task A_tick_stays_with_its_step_when_the_teacher_edits_the_task()
    {
        var id = await PostAsync("Volcano poster", "1. Read\n2. Draw", isTask: true);
        var address = $"/classes/{school.ClassId}/tasks/{id}";
        await amira.PostAsync(address + "/steps", ("_form", await amira.TokenAsync()), ("steps", "1"));
        var edit = $"/classes/{school.ClassId}/posts/{id}/edit";
        var version = (await okafor.GetAsync(edit)).Page.QuerySelector("input[name='Form.Version']")!.GetAttribute("value")!;

        await okafor.PostFormAsync(edit, ("Form.Title", "Volcano poster"), ("Form.Body", "1. Find a pencil\n2. Draw\n3. Read"), ("Form.ForAll", "true"), ("Form.Goes", "Now"), ("Form.TakesText", "true"), ("Form.TakesLate", "true"), ("Form.Version", version));

        var boxes = (await amira.GetAsync(address)).Page.QuerySelectorAll(".steps input");
        Assert.Equal([false, true, false], boxes.Select(b => b.HasAttribute("checked")));
    }
}
