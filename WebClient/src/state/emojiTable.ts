/** The well-known emoji under the short names that chats call them by, most of them Unicode's own names. Those that are used most come first among equals. */
const table = `
grinning 😀 smiley 😃 smile 😄 grin 😁 laughing 😆 sweat_smile 😅 rofl 🤣 joy 😂 slightly_smiling_face 🙂 upside_down_face 🙃 wink 😉 blush 😊 innocent 😇
heart_eyes 😍 star_struck 🤩 kissing_heart 😘 kissing 😗 yum 😋 stuck_out_tongue 😛 stuck_out_tongue_winking_eye 😜 zany_face 🤪 money_mouth_face 🤑 hugs 🤗
hand_over_mouth 🤭 shushing_face 🤫 thinking 🤔 zipper_mouth_face 🤐 raised_eyebrow 🤨 neutral_face 😐 expressionless 😑 no_mouth 😶 smirk 😏 unamused 😒
roll_eyes 🙄 grimacing 😬 lying_face 🤥 relieved 😌 pensive 😔 sleepy 😪 drooling_face 🤤 sleeping 😴 mask 😷 face_with_thermometer 🤒 nauseated_face 🤢
sneezing_face 🤧 hot_face 🥵 cold_face 🥶 dizzy_face 😵 exploding_head 🤯 cowboy_hat_face 🤠 partying_face 🥳 sunglasses 😎 nerd_face 🤓 monocle_face 🧐
confused 😕 worried 😟 slightly_frowning_face 🙁 open_mouth 😮 hushed 😯 astonished 😲 flushed 😳 pleading_face 🥺 frowning 😦 anguished 😧 fearful 😨
cold_sweat 😰 disappointed_relieved 😥 cry 😢 sob 😭 scream 😱 confounded 😖 persevere 😣 disappointed 😞 sweat 😓 weary 😩 tired_face 😫 yawning_face 🥱
triumph 😤 rage 😡 angry 😠 cursing_face 🤬 smiling_imp 😈 imp 👿 skull 💀 poop 💩 clown_face 🤡 ghost 👻 alien 👽 robot 🤖 smiley_cat 😺 see_no_evil 🙈
hear_no_evil 🙉 speak_no_evil 🙊 kiss 💋 love_letter 💌 heart ❤️ orange_heart 🧡 yellow_heart 💛 green_heart 💚 blue_heart 💙 purple_heart 💜 black_heart 🖤
white_heart 🤍 broken_heart 💔 two_hearts 💕 sparkling_heart 💖 heartbeat 💓 100 💯 anger 💢 boom 💥 collision 💥 dizzy 💫 sweat_drops 💦 dash 💨 speech_balloon 💬
thought_balloon 💭 zzz 💤 wave 👋 raised_hand ✋ vulcan_salute 🖖 ok_hand 👌 pinched_fingers 🤌 pinching_hand 🤏 victory_hand ✌️ crossed_fingers 🤞
love_you_gesture 🤟 metal 🤘 call_me_hand 🤙 point_left 👈 point_right 👉 point_up 👆 point_down 👇 +1 👍 thumbsup 👍 -1 👎 thumbsdown 👎 fist ✊ facepunch 👊
clap 👏 raised_hands 🙌 open_hands 👐 palms_up_together 🤲 handshake 🤝 pray 🙏 writing_hand ✍️ nail_care 💅 selfie 🤳 muscle 💪 ear 👂 nose 👃 brain 🧠 eyes 👀
eye 👁️ tongue 👅 lips 👄 baby 👶 child 🧒 boy 👦 girl 👧 man 👨 woman 👩 older_man 👴 older_woman 👵 bow 🙇 facepalm 🤦 shrug 🤷 technologist 🧑‍💻 superhero 🦸
mage 🧙 fairy 🧚 vampire 🧛 zombie 🧟 ninja 🥷 detective 🕵️ guard 💂 construction_worker 👷 santa 🎅 walking 🚶 runner 🏃 dancer 💃 man_dancing 🕺 couple 👫
family 👪 footprints 👣 monkey_face 🐵 monkey 🐒 gorilla 🦍 dog 🐶 poodle 🐩 wolf 🐺 fox_face 🦊 raccoon 🦝 cat 🐱 cat2 🐈 lion 🦁 tiger 🐯 horse 🐴 unicorn 🦄
zebra 🦓 cow 🐮 pig 🐷 sheep 🐑 goat 🐐 camel 🐫 giraffe 🦒 elephant 🐘 mouse 🐭 hamster 🐹 rabbit 🐰 chipmunk 🐿️ hedgehog 🦔 bat 🦇 bear 🐻 koala 🐨
panda_face 🐼 sloth 🦥 otter 🦦 kangaroo 🦘 turkey 🦃 chicken 🐔 rooster 🐓 hatching_chick 🐣 bird 🐦 penguin 🐧 dove 🕊️ eagle 🦅 duck 🦆 swan 🦢 owl 🦉
flamingo 🦩 peacock 🦚 parrot 🦜 frog 🐸 crocodile 🐊 turtle 🐢 lizard 🦎 snake 🐍 dragon 🐉 t-rex 🦖 whale 🐳 dolphin 🐬 fish 🐟 tropical_fish 🐠 shark 🦈
octopus 🐙 snail 🐌 butterfly 🦋 bug 🐛 ant 🐜 bee 🐝 lady_beetle 🐞 cricket 🦗 spider 🕷️ scorpion 🦂 bouquet 💐 cherry_blossom 🌸 rose 🌹 wilted_flower 🥀
hibiscus 🌺 sunflower 🌻 blossom 🌼 tulip 🌷 seedling 🌱 evergreen_tree 🌲 deciduous_tree 🌳 palm_tree 🌴 cactus 🌵 herb 🌿 shamrock ☘️ four_leaf_clover 🍀
maple_leaf 🍁 fallen_leaf 🍂 leaves 🍃 mushroom 🍄 grapes 🍇 melon 🍈 watermelon 🍉 tangerine 🍊 lemon 🍋 banana 🍌 pineapple 🍍 mango 🥭 apple 🍎 green_apple 🍏
pear 🍐 peach 🍑 cherries 🍒 strawberry 🍓 kiwi_fruit 🥝 tomato 🍅 coconut 🥥 avocado 🥑 eggplant 🍆 potato 🥔 carrot 🥕 corn 🌽 hot_pepper 🌶️ cucumber 🥒
broccoli 🥦 garlic 🧄 onion 🧅 peanuts 🥜 bread 🍞 croissant 🥐 baguette_bread 🥖 pretzel 🥨 bagel 🥯 pancakes 🥞 waffle 🧇 cheese 🧀 meat_on_bone 🍖
poultry_leg 🍗 bacon 🥓 hamburger 🍔 fries 🍟 pizza 🍕 hotdog 🌭 sandwich 🥪 taco 🌮 burrito 🌯 egg 🥚 cooking 🍳 stew 🍲 salad 🥗 popcorn 🍿 butter 🧈 salt 🧂
bento 🍱 rice_ball 🍙 rice 🍚 curry 🍛 ramen 🍜 spaghetti 🍝 sushi 🍣 fried_shrimp 🍤 dango 🍡 dumpling 🥟 fortune_cookie 🥠 icecream 🍦 shaved_ice 🍧
ice_cream 🍨 doughnut 🍩 cookie 🍪 birthday 🎂 cake 🍰 cupcake 🧁 pie 🥧 chocolate_bar 🍫 candy 🍬 lollipop 🍭 honey_pot 🍯 milk 🥛 coffee ☕ tea 🍵 sake 🍶
champagne 🍾 wine_glass 🍷 cocktail 🍸 tropical_drink 🍹 beer 🍺 beers 🍻 clinking_glasses 🥂 cup_with_straw 🥤 mate 🧉 ice_cube 🧊 chopsticks 🥢
fork_and_knife 🍴 spoon 🥄 earth_africa 🌍 earth_americas 🌎 earth_asia 🌏 globe 🌐 world_map 🗺️ compass 🧭 mountain ⛰️ volcano 🌋 mount_fuji 🗻 camping 🏕️
beach 🏖️ desert 🏜️ island 🏝️ stadium 🏟️ house 🏠 office 🏢 hospital 🏥 bank 🏦 hotel 🏨 school 🏫 factory 🏭 castle 🏰 tokyo_tower 🗼 statue_of_liberty 🗽
church ⛪ mosque 🕌 tent ⛺ city_sunset 🌆 night_with_stars 🌃 sunrise 🌅 bridge_at_night 🌉 ferris_wheel 🎡 roller_coaster 🎢 train 🚆 metro 🚇 tram 🚊 bus 🚌
ambulance 🚑 fire_engine 🚒 police_car 🚓 taxi 🚕 car 🚗 truck 🚚 tractor 🚜 motorcycle 🏍️ scooter 🛴 bike 🚲 fuelpump ⛽ rotating_light 🚨 traffic_light 🚥
stop_sign 🛑 construction 🚧 anchor ⚓ sailboat ⛵ speedboat 🚤 ship 🚢 airplane ✈️ helicopter 🚁 rocket 🚀 flying_saucer 🛸 hourglass ⌛ watch ⌚ alarm_clock ⏰
stopwatch ⏱️ timer ⏲️ clock 🕰️ new_moon 🌑 full_moon 🌕 crescent_moon 🌙 sun ☀️ sun_with_face 🌞 star ⭐ star2 🌟 stars 🌠 milky_way 🌌 cloud ☁️
partly_sunny ⛅ thunderstorm ⛈️ rain 🌧️ snow_cloud 🌨️ lightning ⚡ zap ⚡ tornado 🌪️ fog 🌫️ rainbow 🌈 umbrella ☂️ snowflake ❄️ snowman ⛄ comet ☄️ fire 🔥
droplet 💧 ocean 🌊 jack_o_lantern 🎃 christmas_tree 🎄 fireworks 🎆 sparkler 🎇 firecracker 🧨 sparkles ✨ balloon 🎈 tada 🎉 party 🎉 confetti_ball 🎊 bamboo 🎍
dolls 🎎 carp_streamer 🎏 wind_chime 🎐 ribbon 🎀 gift 🎁 ticket 🎫 medal 🎖️ trophy 🏆 first_place 🥇 second_place 🥈 third_place 🥉 soccer ⚽ baseball ⚾
basketball 🏀 volleyball 🏐 football 🏈 rugby 🏉 tennis 🎾 bowling 🎳 hockey 🏒 ping_pong 🏓 badminton 🏸 boxing_glove 🥊 martial_arts 🥋 goal 🥅 golf ⛳
ice_skate ⛸️ fishing 🎣 ski 🎿 sled 🛷 dart 🎯 yo_yo 🪀 kite 🪁 8ball 🎱 crystal_ball 🔮 video_game 🎮 joystick 🕹️ slot_machine 🎰 game_die 🎲 jigsaw 🧩
teddy_bear 🧸 chess_pawn ♟️ performing_arts 🎭 art 🎨 thread 🧵 yarn 🧶 glasses 👓 goggles 🥽 necktie 👔 shirt 👕 jeans 👖 scarf 🧣 gloves 🧤 coat 🧥 socks 🧦
dress 👗 kimono 👘 handbag 👜 backpack 🎒 shoe 👞 sneaker 👟 boot 🥾 high_heel 👠 crown 👑 tophat 🎩 mortar_board 🎓 billed_cap 🧢 lipstick 💄 ring 💍 gem 💎
mute 🔇 speaker 🔈 loud_sound 🔊 loudspeaker 📢 mega 📣 postal_horn 📯 bell 🔔 no_bell 🔕 musical_note 🎵 notes 🎶 microphone 🎤 headphones 🎧 radio 📻
saxophone 🎷 guitar 🎸 piano 🎹 trumpet 🎺 violin 🎻 banjo 🪕 drum 🥁 phone 📱 telephone ☎️ pager 📟 fax 📠 battery 🔋 plug 🔌 laptop 💻 desktop 🖥️ printer 🖨️
keyboard ⌨️ mouse_computer 🖱️ floppy_disk 💾 cd 💿 dvd 📀 abacus 🧮 movie_camera 🎥 film 🎞️ clapper 🎬 tv 📺 camera 📷 video_camera 📹 mag 🔍 candle 🕯️ bulb 💡
flashlight 🔦 lantern 🏮 notebook 📓 book 📖 books 📚 newspaper 📰 bookmark 🔖 label 🏷️ moneybag 💰 yen 💴 dollar 💵 euro 💶 pound 💷 credit_card 💳 receipt 🧾
chart 📈 chart_down 📉 bar_chart 📊 email 📧 envelope ✉️ inbox 📥 outbox 📤 package 📦 mailbox 📫 ballot_box 🗳️ pencil ✏️ pen 🖊️ paintbrush 🖌️ memo 📝
briefcase 💼 folder 📁 calendar 📅 clipboard 📋 pushpin 📌 round_pushpin 📍 paperclip 📎 ruler 📏 scissors ✂️ wastebasket 🗑️ lock 🔒 unlock 🔓 key 🔑 hammer 🔨
axe 🪓 pick ⛏️ tools 🛠️ dagger 🗡️ crossed_swords ⚔️ shield 🛡️ wrench 🔧 nut_and_bolt 🔩 gear ⚙️ balance ⚖️ link 🔗 chains ⛓️ toolbox 🧰 magnet 🧲 test_tube 🧪
petri_dish 🧫 dna 🧬 microscope 🔬 telescope 🔭 satellite 📡 syringe 💉 pill 💊 adhesive_bandage 🩹 stethoscope 🩺 door 🚪 bed 🛏️ couch 🛋️ toilet 🚽 shower 🚿
bathtub 🛁 razor 🪒 safety_pin 🧷 broom 🧹 basket 🧺 roll_of_paper 🧻 soap 🧼 sponge 🧽 fire_extinguisher 🧯 shopping_cart 🛒 cigarette 🚬 coffin ⚰️ moai 🗿
warning ⚠️ no_entry ⛔ no_entry_sign 🚫 underage 🔞 radioactive ☢️ biohazard ☣️ arrow_up ⬆️ arrow_right ➡️ arrow_down ⬇️ arrow_left ⬅️ repeat 🔁 back 🔙 soon 🔜
top 🔝 peace ☮️ yin_yang ☯️ infinity ♾️ recycle ♻️ white_check_mark ✅ check ✔️ x ❌ cross ❌ negative_squared_cross_mark ❎ plus ➕ minus ➖ division ➗ question ❓
exclamation ❗ interrobang ⁉️ bangbang ‼️ copyright ©️ registered ®️ tm ™️ information ℹ️ ok 🆗 cool 🆒 free 🆓 new 🆕 sos 🆘 up 🆙 vs 🆚 red_circle 🔴
orange_circle 🟠 yellow_circle 🟡 green_circle 🟢 blue_circle 🔵 purple_circle 🟣 brown_circle 🟤 black_circle ⚫ white_circle ⚪ red_square 🟥 green_square 🟩
blue_square 🟦 diamond 💠 radio_button 🔘 checkered_flag 🏁 triangular_flag 🚩 crossed_flags 🎌 black_flag 🏴 white_flag 🏳️ rainbow_flag 🏳️‍🌈 pirate_flag 🏴‍☠️
`;

/** Short name and emoji. */
export const emojiTable: readonly (readonly [string, string])[] = [...table.matchAll(/(\S+) (\S+)/g)].map((match) => [match[1] ?? '', match[2] ?? '']);
