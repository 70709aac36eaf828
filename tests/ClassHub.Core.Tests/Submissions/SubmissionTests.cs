using ClassHub.Posts;
using ClassHub.Submissions;
using ClassHub.Tasks;

namespace ClassHub.Tests.Submitting;

public sealed class SubmissionTests
{
    private static readonly DateTimeOffset Now = Everybody.MondayNine;

    private static Submission Work(HandInWays ways = HandInWays.Text | HandInWays.Files)
    {
        var post = new Post(1, PostKind.Task, 1, null, Now);
        post.Write("Volcano poster", "Draw one.", null, null, Now);
        var task = new ClassTask(post);
        task.Ask(ways, null);
        return new Submission(task, 7);
    }

    private static HandInFacts At(DateTimeOffset when, bool onPaper = false) => new(RandomKey.Hex(), "", 7, onPaper, when);

    [Fact]
    public void Nothing_cannot_be_handed_in_unless_it_was_done_on_paper()
    {
        var work = Work();
        work.SaveDraft("  \n ", Now);

        Assert.Throws<RuleBroken>(() => work.HandIn(At(Now)));
        Assert.True(work.HandIn(At(Now, onPaper: true)).IsOnPaper);
        Assert.True(Work(HandInWays.OnPaper).HandIn(At(Now)).IsOnPaper);
    }

    [Fact]
    public void Handing_in_freezes_the_draft_and_empties_it()
    {
        var work = Work();
        work.SaveDraft(" Lava is hot. ", Now);

        var first = work.HandIn(At(Now));
        work.SaveDraft("Lava is very hot.", Now);
        var second = work.HandIn(At(Now.AddHours(1)));

        Assert.Equal((1, "Lava is hot."), (first.Number, first.Text));
        Assert.Equal((2, "Lava is very hot."), (second.Number, second.Text));
        Assert.Equal((2, Now.AddHours(1), false), (work.Number, work.HandedInAt, work.HasDraft));
        Assert.NotEqual(first.Receipt, second.Receipt);
    }

    [Fact]
    public void Taking_back_makes_a_draft_of_what_was_handed_in()
    {
        var work = Work();
        work.SaveDraft("Lava is hot.", Now);
        var version = work.HandIn(At(Now));

        work.TakeBack(version, Now.AddMinutes(5));

        Assert.Equal((null, "Lava is hot.", Now.AddMinutes(5)), (work.HandedInAt, work.DraftText, version.TakenBackAt));
    }

    [Fact]
    public void What_comes_after_try_again_is_a_second_try_even_when_it_is_taken_back_once_more()
    {
        var work = Work();
        work.SaveDraft("First", Now);
        work.HandIn(At(Now));
        work.GiveBack(tryAgain: true, Now.AddDays(1));
        work.SaveDraft("Second", Now.AddDays(1));
        var second = work.HandIn(At(Now.AddDays(2)));
        Assert.Equal((true, false, (DateTimeOffset?)null), (work.IsSecondTry, work.IsAskedAgain, work.ReturnedAt));

        work.TakeBack(second, Now.AddDays(2));
        Assert.True(work.IsAskedAgain);
        work.HandIn(At(Now.AddDays(3)));

        Assert.True(work.IsSecondTry);
    }

    [Fact]
    public void A_text_of_more_than_twenty_thousand_characters_is_refused_and_not_cut()
    {
        var work = Work();

        Assert.Equal("Text", Assert.Throws<RuleBroken>(() => work.SaveDraft(new string('a', Submission.LongestText + 1), Now)).Field);
        work.SaveDraft(new string('a', Submission.LongestText), Now);

        Assert.Equal(Submission.LongestText, work.DraftText!.Length);
    }
}
