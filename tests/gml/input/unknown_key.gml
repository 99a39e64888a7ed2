// expect-diagnostic: 4:7: there is no event called keypress:vk_entr
// expect-diagnostic: 5:7: there is no event called keyboard:one_key

event keypress:vk_entr { }
event keyboard:one_key { }
