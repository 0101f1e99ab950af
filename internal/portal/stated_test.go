package portal

import "testing"

func TestStated(t *testing.T) {
	for body, want := range map[string]stated{
		`<div>共有 <b>35</b> 条记录 每页 20 条 共 <b>2</b> 页 当前第 1 页</div>`: {pages: 2, total: 35, current: 1},
		`<div>共35条/2页</div>`:                                                         {pages: 2, total: 35, current: -1},
		`<div>总记录数:35,每页显示15条,1/3页</div>`:                                            {pages: 3, total: 35, current: 1},
		`<div>第1/2页</div>`:                                                           {pages: 2, total: -1, current: 1},
		`<div>第 1 页 / 共 2 页</div>`:                                                   {pages: 2, total: -1, current: 1},
		`<div>记录总数：35条</div>`:                                                        {pages: -1, total: 35, current: -1},
		`<div>本栏目共有文章 35 篇</div>`:                                                    {pages: -1, total: 35, current: -1},
		`<div>共计35条信息，分2页显示</div>`:                                                   {pages: 2, total: 35, current: -1},
		`<div>页次：1/3 每页15 总数41</div>`:                                                {pages: 3, total: 41, current: 1},
		`<div>当前页：2 总页数：3</div>`:                                                     {pages: 3, total: -1, current: 2},
		`<div>共有12页</div>`:                                                           {pages: 12, total: -1, current: -1},
		`<div>共 1,234 条</div>`:                                                       {pages: -1, total: 1234, current: -1},
		`<div>共<span>2</span>页<span>35</span>条</div>`:                                {pages: 2, total: 35, current: -1},
		`<div>2页 35条 首页 上一页</div>`:                                                   {pages: -1, total: 35, current: -1},
		`<script>var pageCount = 4; var totalRecord = "71"; var curPage=1;</script>`: {pages: 4, total: 71, current: -1},
		`<script>var o = {totalPage: 4, totalCount: 71}</script>`:                    {pages: 4, total: 71, current: -1},
		`<script>// var pageCount = 4;</script>`:                                     {pages: -1, total: -1, current: -1},
		`<ul><li><a href="1.html">临江市民政局公开政府信息共120条有关情况的报告</a></li></ul>`: {pages: -1, total: -1, current: -1},
		`<p>本机关全年共收到申请12件，共公开信息300条，详见附表。` + long + `</p>`:                {pages: -1, total: -1, current: -1},
		`<div>转到第 1 页</div>`: {pages: -1, total: -1, current: -1},
		`<div>第９页</div>`:     {pages: -1, total: -1, current: -1},
	} {
		got := page(t, "http://www.linjiang.example/nb/", "<html><body>"+body+"</body></html>").stated()
		got.evidence = ""
		if got != want {
			t.Errorf("%s:\n got %+v\nwant %+v", body, got, want)
		}
	}
}

const long = `正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文正文`
