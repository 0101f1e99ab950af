package portal

import (
	"regexp"
	"strings"
	"testing"
)

func TestFindCounter(t *testing.T) {
	for _, c := range []struct{ about, body, name, method, url string }{
		{"vsb", `点击数：<script>_showDynClicks("wbnews", 1768654345, 6432)</script>`, "vsb dynclicks", "", "http://www.qinghe.example/system/resource/code/news/click/dynclicks.jsp?clickid=6432&owner=1768654345&clicktype=wbnews"},
		{"vsb, commented out", `点击数：<script>//_showDynClicks("wbnews", 1768654345, 6432)</script>`, "", "", ""},
		{"vsb, and an article beside it", `<script>_showDynClicks("wbnews", 1, 6433)</script><script>_showDynClicks("wbnews", 1, 6432)</script>`, "vsb dynclicks", "", "http://www.qinghe.example/system/resource/code/news/click/dynclicks.jsp?clickid=6432&owner=1&clicktype=wbnews"},
		{"vsb, only an article beside it", `<script>_showDynClicks("wbnews", 1, 6433)</script>`, "", "", ""},
		{"the same call twice", `<script>_showDynClicks("wbnews", 1, 6432)</script><script>_showDynClicks("wbnews", 1, 6432)</script>`, "vsb dynclicks", "", "http://www.qinghe.example/system/resource/code/news/click/dynclicks.jsp?clickid=6432&owner=1&clicktype=wbnews"},
		{"webplus", `<span class="WP_VisitCount" url="/_visitcountdisplay?siteId=180&type=3&articleId=290690">10</span><img src="/_visitcount?siteId=180&type=3&articleId=290690">`, "webplus visitcountdisplay", "POST", "http://www.qinghe.example/_visitcountdisplay?siteId=180&type=3&articleId=290690"},
		{"artcount", `<script src="/vc/vc/interface/artcount/artcount.jsp?i_columnid=33&amp;i_articleid=44"></script>`, "hanweb artcount", "", "http://www.qinghe.example/vc/vc/interface/artcount/artcount.jsp?i_columnid=33&i_articleid=44"},
		{"articlehits counts", `<script language='javascript' src="/module/visitcount/articlehits.jsp?colid=1&artid=2"></script>`, "hanweb articlehits", "", "http://www.qinghe.example/module/visitcount/articlehits.jsp?colid=1&artid=2"},
		{"dede counts", `<script src="/plus/count.php?view=yes&aid=7&mid=1"></script>`, "dede count", "", "http://www.qinghe.example/plus/count.php?view=yes&aid=7&mid=1"},
		{"phpcms counts", `<script src="http://www.qinghe.example/api.php?op=count&id=8&modelid=1"></script>`, "phpcms count", "", "http://www.qinghe.example/api.php?op=count&id=8&modelid=1"},
		{"empirecms counts", `<script src=/e/public/ViewClick/?classid=3&id=9&addclick=1></script>`, "empirecms viewclick", "", "http://www.qinghe.example/e/public/ViewClick/?classid=3&id=9&addclick=1"},
		{"empirecms shows", `<script src=/e/public/ViewClick/?classid=3&id=9></script>`, "empirecms viewclick display", "", "http://www.qinghe.example/e/public/ViewClick/?classid=3&id=9"},
		{"empirecms, comments and votes", `<script src="/e/public/ViewClick/?classid=3&id=9&down=2"></script><script src=/e/public/ViewClick/?classid=3&amp;id=9&amp;down=5></script>`, "", "", ""},
		{"empirecms, with comments beside it, counts", `<script src="/e/public/ViewClick/?classid=3&id=9&addclick=1"></script><script src="/e/public/ViewClick/?classid=3&id=9&down=2"></script>`, "empirecms viewclick", "", "http://www.qinghe.example/e/public/ViewClick/?classid=3&id=9&addclick=1"},
		{"empirecms, downloads that count", `<script src="/e/public/ViewClick/?classid=3&id=9&addclick=1&down=1"></script>`, "", "", ""},
		{"empirecms, no article's", `<script src="/e/public/ViewClick/?enews=1"></script>`, "", "", ""},
		{"site counter", `访问量：<script>$.get('/cms/www/stat/get_index.do?site_id=100')</script>`, "", "", ""},
		{"beacons", `<iframe src="/module/visitcount/visit.jsp?type=3&i_webid=1"></iframe><script>new Image().src="//statistics.gd.gov.cn/visit/post?site=1&post=2"</script><script src="/_visitcount?siteId=1&type=3&articleId=2"></script><script src="/system/resource/code/news/click/addclicktimes.jsp?wburlid=1"></script>`, "", "", ""},
		{"eportal counts", `<input id="eprotalCurrentPageId" value="11"><input id="eprotalCurrentArticleKey" value="22"><input id="eprotalCurrentColumnId" value="33"><input id="eportalappPortletId" value="1">访问量：<span articleCounts="yes"></span>`, "eportal counting", "POST", "http://www.qinghe.example/eportal/ui?pageId=11&moduleId=1&columnId=33&articleKey=22&struts.portlet.action=/app/counting-front!saveInfo.action"},
		{"eportal, a list page", `<input id="eprotalCurrentPageId" value="11"><input id="eprotalCurrentArticleKey" value=""><span articleCounts="yes"></span>`, "", "", ""},
		{"vsb batch of the article", `<span id="d_6432"></span><script>_showDynClickBatch(['d_6432'],[6432],"wbnews", 1768654345)</script>`, "vsb dynclicksbatch", "", "http://www.qinghe.example/system/resource/code/news/click/dynclicksbatch.jsp?clickids=6432&owner=1768654345&clicktype=wbnews"},
		{"vsb batch of a list", `<script>_showDynClickBatch(['d_6432','d_6431'],[6432,6431],"wbnews", 1768654345)</script>`, "", "", ""},
		{"vsb batch of another article", `<script>_showDynClickBatch(['d_6431'],[6431],"wbnews", 1768654345)</script>`, "", "", ""},
		{"vsb, with a batch beside it", `<script>_showDynClicks("wbnews", 1, 6432)</script><script>_showDynClickBatch(['d_6432'],[6432],"wbnews", 1)</script>`, "vsb dynclicks", "", "http://www.qinghe.example/system/resource/code/news/click/dynclicks.jsp?clickid=6432&owner=1&clicktype=wbnews"},
		{"a parameter like an entity counts", `<script src="/plus/count.php?view=yes&aid=7&sector=2"></script>`, "dede count", "", "http://www.qinghe.example/plus/count.php?view=yes&aid=7&sector=2"},
		{"words in the text", `<p>_showDynClicks("wbnews", 1, 2)</p>`, "", "", ""},
	} {
		t.Run(c.about, func(t *testing.T) {
			p := page(t, "http://www.qinghe.example/info/1095/6432.htm", c.body)
			got, ok := FindCounter(p)
			if ok != (c.name != "") || got.Name != c.name || got.Request.URL != c.url || got.Request.Method != c.method {
				t.Errorf("got %v %+v", ok, got)
			}
			counts := strings.HasSuffix(c.about, "counts")
			if got.Counts != counts {
				t.Errorf("counts: %v, want %v", got.Counts, counts)
			}
			if _, shown := views(p); shown != (ok && !counts) {
				t.Errorf("asked for display: %v", shown)
			}
		})
	}
}

// TestNoBeacon holds the table against the addresses that only count.
func TestNoBeacon(t *testing.T) {
	beacon := regexp.MustCompile(`visit\.jsp|_visitcount\?|addclicktimes|statistics\.gd`)
	for _, c := range counters {
		if beacon.MatchString(strings.ReplaceAll(c.call.String(), `\`, "")) {
			t.Errorf("%s calls a beacon", c.name)
		}
	}
}

func TestCount(t *testing.T) {
	for _, c := range []struct {
		body string
		want int64 // -1: an error
	}{
		{"128", 128}, {" 0\n", 0}, {"\ufeff77", 77}, {`"12"`, 12},
		{`document.write("146");`, 146}, {`document.write('146')`, 146}, {`document.writeln(3);`, 3},
		{`callback({"viewCount":"28069"})`, 28069}, {`jQuery111_1("9")`, 9}, {`$('#hits').html('31');`, 31},
		{"$('#todaydowns').html('1');$('#weekdowns').html('2');$('#monthdowns').html('3');$('#hits').html('31');", 31}, // phpcms
		{"$('#hits').html('31');\n$('#comments').html('');\n$('#comments_top').html('');", 31},
		{"$('#todaydowns').html('1');$('#weekdowns').html('2');", -1}, {"$('#hits').html('1');$('#hits').html('2');", -1},
		{"$('#hits').html('31');alert('9')", -1},
		{`{"code":200,"data":{"visitCount":55}}`, 55},
		{`{"custom":{"viewCount":1,"hits":2}}`, -1}, // two counts: which one is not known
		{"", -1}, {"null", -1}, {"NaN", -1}, {"-5", -1}, {"12,5,9", -1}, {"99999999999", -1},
		{`<html><body>404</body></html>`, -1}, {`{"code":404,"msg":"12"}`, -1},
		{`{"siteViewCountTotal":12}`, -1},
	} {
		got, err := Count(page(t, "http://www.qinghe.example/c.jsp", c.body))
		if (err != nil) != (c.want < 0) || err == nil && got != c.want {
			t.Errorf("%q: %d, %v, want %d", c.body, got, err, c.want)
		}
	}
}
