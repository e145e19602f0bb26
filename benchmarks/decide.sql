with base as (
  select *, case 户籍 when '城镇' then 960000 else 720000 end as standard,
         case 户籍 when '城镇' then 4905300 else 1928600 end as disposable
  from h),
counted as (select hid, count(*) filter (计入共同生活) as n from p group by hid),
property as (
  select base.*, coalesce(n, 0) as n,
         greatest(申报住房套数, 不动产住宅数) <= 1 and 不动产商业数 <= 0 and 车辆不超限 and 经营主体不超限 as things
  from base left join counted using (hid)),
first_row as (
  select p.*, 要求特困 and 计入共同生活 and 无劳动能力 and 核定年收入 < standard
           and (金融资产沿用 or 金融资产总额 * 12 <= 24 * standard * n) and things and 义务人条件
           and not 儿童福利在册 as destitute,
         standard, disposable, things, 申请或在册, 金融资产沿用, 金融资产总额
  from p join property using (hid)),
sums as (
  select hid, count(*) filter (计入共同生活 and not destitute) as m,
         coalesce(sum(核定年收入) filter (计入共同生活 and not destitute), 0) as income,
         coalesce(sum(总收入) filter (计入共同生活 and not destitute), 0) as gross,
         coalesce(sum(个人刚性支出) filter (计入共同生活 and not destitute), 0) as spending,
         bool_or(在其他困难名单) as listed
  from first_row group by hid),
rows_of_household as (
  select hid, listed,
         申请或在册 and income < standard * m and (金融资产沿用 or 金融资产总额 * 12 <= 24 * standard * m)
           and things as row2,
         申请或在册 and income * 2 < 3 * standard * m and (金融资产沿用 or 金融资产总额 * 12 <= 36 * standard * m)
           and things as row3,
         申请或在册 and income < disposable * m and (金融资产沿用 or 金融资产总额 * 12 <= 36 * standard * m)
           and things and spending * 5 > gross * 3 as row4
  from sums join property using (hid)),
decided as (
  select rn, hid, 计入共同生活 as counted, row2, row3, row4,
         case when destitute then '特困人员'
              when row2 and 计入共同生活 then '最低生活保障对象'
              when row3 and (重残 or 患重特大疾病) and 计入共同生活 then '最低生活保障对象'
              when row3 and 计入共同生活 then '最低生活保障边缘家庭成员'
              when row4 and 计入共同生活 then '刚性支出困难家庭成员'
              when 计入共同生活 and (listed or 监测对象) then '其他困难人员' end as category
  from first_row join rows_of_household using (hid)),
whole as (
  select hid,
         any_value(case when row2 then '最低生活保障对象' when row3 then '最低生活保障边缘家庭成员'
                        when row4 then '刚性支出困难家庭成员' end) as by_rows,
         bool_and(not counted or coalesce(category, '') = '特困人员')
           and bool_or(coalesce(category, '') = '特困人员') as all_destitute,
         bool_or(coalesce(category, '') = '其他困难人员') as some_other
  from decided group by hid)
select rn, category,
       coalesce(by_rows, case when all_destitute then '特困人员' when some_other then '其他困难人员' end) as household
from decided join whole using (hid)
