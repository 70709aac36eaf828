using ClassHub.Marking;
using ClassHub.Media;
using ClassHub.Submissions;
using Microsoft.EntityFrameworkCore;
using static ClassHub.Tests.SchoolWork;
using static ClassHub.Tests.TestSchool;

namespace ClassHub.Tests.Submitting;

/// <summary>Two tabs and a device without a line, in any order: every text and file is in a version, in the draft or in its history.</summary>
public sealed class NothingIsLostTests
{
    private const int Worlds = 12, Steps = 30;

    /// <summary>One open page: what is in its box, which draft it was made from, and the key of its form.</summary>
    private sealed class Tab
    {
        public string Text = "", Page = RandomKey.Hex();
        public int Seen;
        /// <summary>Words that wait on a device, with the moment of the press.</summary>
        public (string Text, DateTimeOffset MadeAt)? Waiting;
    }

    private sealed class World(TestSchool school, int task, Random random)
    {
        private readonly Tab[] tabs = [new(), new(), new()];
        private readonly HashSet<string> texts = [];
        private readonly HashSet<int> files = [];
        private int words;
        public List<string> Story { get; } = [];

        public async Task StepAsync()
        {
            school.Clock.Advance(TimeSpan.FromSeconds(random.Next(1, 400)));
            var who = random.Next(3);
            var (tab, isDevice) = (tabs[who], who == 2);
            var what = random.Next(10);
            Story.Add($"{who}:{what}");
            try
            {
                await (what switch
                {
                    0 => OpenAsync(tab),
                    1 or 2 => TypeAsync(tab),
                    3 => SaveAsync(tab),
                    4 => AttachAsync(tab),
                    5 => RemoveAsync(),
                    6 when isDevice => SendWaitingAsync(tab),
                    6 or 7 => isDevice ? PressWithoutLineAsync(tab) : HandInAsync(tab),
                    8 => random.Next(2) == 0 ? school.Draft().TakeBackAsync(task, school.Amira.Id, school.Now, Stop) : school.Draft().StartChangeAsync(task, school.Amira.Id, school.Now, Stop),
                    _ => random.Next(2) == 0 ? school.Draft().DropChangeAsync(task, school.Amira.Id, school.Now, Stop) : TryAgainAsync(),
                });
            }
            catch (DraftChanged changed) { tab.Seen = changed.Version; }          // asked once: the next press counts
            catch (RuleBroken) { }
        }

        private async Task OpenAsync(Tab tab)
        {
            var work = await school.Db().Submissions.AsNoTracking().SingleOrDefaultAsync();
            (tab.Text, tab.Seen, tab.Page) = (work?.DraftText ?? "", work?.DraftVersion ?? 0, RandomKey.Hex());
        }

        private Task TypeAsync(Tab tab)
        {
            tab.Text = random.Next(3) == 0 ? $"Anew {++words} {new string((char)('a' + words % 26), 60)} {words}" : $"{tab.Text} and word {++words}";
            return Task.CompletedTask;
        }

        private async Task SaveAsync(Tab tab)
        {
            var work = await school.Draft().SaveAsync(task, school.Amira.Id, tab.Text, [], tab.Seen, school.Now, Stop, tab.Page);
            tab.Seen = work.DraftVersion;
            Took(tab);
        }

        private async Task AttachAsync(Tab tab)
        {
            var file = await school.KeepAsync(school.Amira, $"drawing {++words}");
            var work = await school.Draft().SaveAsync(task, school.Amira.Id, tab.Text, [file], tab.Seen, school.Now, Stop, tab.Page);
            tab.Seen = work.DraftVersion;
            Took(tab);
            files.Add(file.Id);
        }

        private async Task RemoveAsync()
        {
            if (await school.Db().DraftFiles.OrderBy(f => f.FileId).Select(f => (int?)f.FileId).FirstOrDefaultAsync() is { } file) await school.Draft().RemoveFileAsync(task, school.Amira.Id, file, school.Now, Stop);
        }

        private async Task HandInAsync(Tab tab)
        {
            await new HandInWork(school.Db(), Limits, school.SchoolClock).RunAsync(
                new(task, school.Amira.Id, school.Amira.Id, RandomKey.Hex(), tab.Text, [], false, school.Now) { Page = tab.Page, Seen = tab.Seen }, Stop);
            Took(tab);
        }

        private Task PressWithoutLineAsync(Tab device)
        {
            if (device.Text.Trim() != "") device.Waiting = (device.Text, school.Now);
            return Task.CompletedTask;
        }

        private async Task SendWaitingAsync(Tab device)
        {
            if (device.Waiting is not { } waiting) return;
            await new HandInWork(school.Db(), Limits, school.SchoolClock).RunAsync(
                new(task, school.Amira.Id, school.Amira.Id, RandomKey.Hex(), waiting.Text, [], false, school.Now) { Page = device.Page, MadeAt = waiting.MadeAt }, Stop);
            device.Waiting = null;
            if (waiting.Text.Trim() != "") texts.Add(waiting.Text.Trim());
        }

        private async Task TryAgainAsync()
        {
            if (await school.Db().Submissions.AsNoTracking().SingleOrDefaultAsync() is not { HandedInAt: not null, ReturnedAt: null, IsAskedAgain: false } work) return;
            await school.GiveBackAsync(work.Id, Result.TryAgain, "Once more, please.", await school.Db().Marks.Where(m => m.SubmissionId == work.Id && m.Number == work.Number).Select(m => m.Version).SingleOrDefaultAsync());
        }

        /// <summary>The server acknowledged these words.</summary>
        private void Took(Tab tab)
        {
            if (tab.Text.Trim() != "") texts.Add(tab.Text.Trim());
        }

        public async Task NothingIsLostAsync()
        {
            await using var db = school.Db();
            var there = (await db.SubmissionVersions.Select(v => v.Text).ToListAsync()).Concat(await db.EarlierDrafts.Select(e => e.Text).ToListAsync())
                .Concat(await db.Submissions.Where(s => s.DraftText != null).Select(s => s.DraftText!).ToListAsync()).Select(t => t.Trim()).ToHashSet();
            var held = (await db.SubmissionFiles.Select(f => f.FileId).ToListAsync()).Concat(await db.EarlierDraftFiles.Select(f => f.FileId).ToListAsync())
                .Concat(await db.DraftFiles.Select(f => f.FileId).ToListAsync()).ToHashSet();
            // Of one page's own saves within five minutes those that only grew are no words of their own: what became of them holds them.
            var lost = texts.Where(t => !there.Contains(t) && !there.Any(h => h.StartsWith(t, StringComparison.Ordinal))).ToList();
            Assert.True(lost.Count == 0, $"Lost after {string.Join(' ', Story)}: {string.Join(" | ", lost)}");
            Assert.Empty(files.Except(held));
            Assert.Empty(await db.Files.Where(f => files.Contains(f.Id) && f.ClaimedAt == null).ToListAsync());
        }
    }

    [BothEngines]
    public async Task Whatever_two_tabs_and_a_device_do_every_text_and_file_is_somewhere(Engine engine)
    {
        for (var seed = 1; seed <= Worlds; seed++)
        {
            await using var school = await OpenAsync(engine);
            var task = await school.SetTaskAsync(dates: SchoolWork.Now with { Due = At(28, 16), LateUntil = null });
            var world = new World(school, task, new Random(seed));
            for (var step = 0; step < Steps; step++) await world.StepAsync();
            await world.NothingIsLostAsync();
        }
    }
}
