/**
 * Three thousand common passwords, the most frequent first, in small letters. It is data, of which
 * nobody has to read more than this, and anywhere in it is the place for one more word.
 *
 * From the list of zxcvbn-ts, under the MIT licence: © 2012-2016 Dan Wheeler and Dropbox, Inc.,
 * © 2021 zxcvbn-ts.
 */
export const COMMON_PASSWORDS = `
ranger george michelle klaster amanda nicole dallas biteme william yankees taylor austin martin
heather thunder merlin hello hammer gfhjkm justin patrick richard samantha golfer scooter maverick
jackson sparky mickey bigdog snoopy guitar chicken morgan andrea camaro mercedes peanut cowboy
falcon steelers joseph smokey dakota melissa boomer eagles tigers marina nascar gateway yellow
monster spider diablo hannah bulldog junior london compaq lakers iceman hardcore cowboys boston
brandon tennis johnny miller coffee scooby edward nikita mother brandy barney chester oliver
charles player knight steven rangers midnight chicago bigdaddy redsox victoria badboy fender chris
jasper james slayer rabbit natasha rachel marine wizard marlboro raiders prince casper fishing
crystal jasmine iwantu adidas winner gandalf enter ghbdtn angela mike lauren cocacola winston
madison angels panther shannon sophie johnson asdfasdf david toyota tiger murphy canada danielle
jonathan liverpoo muffin cooper apples jackie dennis black john sandra slipknot carlos qazxsw
scorpion qwaszx nathan startrek rainbow razz redskins newyork gemini cameron qazwsxedc florida
turtle nicholas viking wilson sierra doctor rocket victor dolphins captain bandit jaguar packers
pookie peaches blue dolphin helpme tucker theman tiffany maxwell jeremy debbie albert maddog
lovers monica alex united giants nirvana metallic hotdog rosebud mountain benjamin warrior stupid
elephant success bonnie alexis jason scorpio samson freddy driver willie calvin sydney gators
dexter bubba creative golf voodoo arthur trouble america nissan gunner rebecca stella garfield
gordon jessie parker apollo jack eminem legend airborne beavis august bear apple brooklyn godzilla
skippy buddy kitten magic shelby phantom fred asdasd williams xavier braves darkness travis copper
tomcat platinum qweqwe girls bigboy green power animal police online voyager lifehack fish sniper
trinity walter blazer heaven lover snowball bubbles loveme hooters cricket marvin willow donkey
topgun nintendo saturn november gabriel destiny pakistan pumpkin digital sergey chance explorer
redwings therock runner lasvegas guinness beatles fire cassie christin celtic broncos andrey
babygirl nelson donald scott eclipse cartman fluffy louise michigan carolina little samuel
alexande birdie steve cherry pantera sharon gibson vampire mexico peter buffalo montana genius
beer flyers maximus school minecraft stalker metallica doggie carter kristina kimberly spencer
speedy barbara snickers sabrina carmen marcus bronco yankee paradise dreams magnum horses cool
caroline lacrosse goober member enigma scotty bollocks brian surfer sammy genesis poohbear dave
star qweasdzxc baby racing friend hawaii billy viper october vanessa einstein stanley walker paul
drowssap stephen courtney simple alaska badger action jake bill denise jester spitfire drummer
forest patricia maryjane champion diesel svetlana rock kevin mark gregory pamela frank hotrod
chevy anderson douglas westside shorty tester thumper hitman mozart general reddog music lizard
alexander melanie ruslan vincent eagle sweet teresa scarface marshall olivia veronica buddha
spirit frankie stargate antonio liberty natalie mercury naruto qwe123 suzuki semperfi king popcorn
spooky marley system brittany claudia kelly scotland free kitty cherokee vikings simpsons death
leslie rascal qweasd jimmy hummer allison rocky patches russia adrian jupiter penguin howard
passion honda vfhbyf andre vladimir franklin sandman infinity homer raider fantasy bulldogs horney
domino budlight ironman disney norman softball bishop francis brutus ford redrum brooke bigred
jeffrey fktrcfylh karina marines kawasaki digger ireland oksana fireman cougar college alicia
russell houston bradley sarah justice super wildcats tinker duncan dancer logitech avalon swordfis
everton reggie motorola alexandr molly timothy hentai claire patriots madonna colorado eugene
ducati kermit indian connor galore smooth house titanic boogie simpson warcraft wolverin elizabet
arizona saints valentin georgia accord matt baxter denver mitchell yfnfif smith stinky zachary
roland naughty ncc1701d spiderma chopper brenda extreme water skyline zombie pearljam froggy
fylhtq vision awesome alyssa dreamer predator bullet empire wolf kirill people elvis panthers
skipper nemesis peekaboo rasdzv3 simon alison rolltide american cardinal arnold chevelle daddy
psycho danger mookie manutd tommy hobbes vegeta goblue burton fyfcnfcbz picard bobby windows
lovelove vfrcbv victory bambam turkey serega tweety hiphop galina rooster polina berlin taurus
electric ronald avatar mine raptor maksim brazil eric newport hard kenneth hendrix madmax england
alpha sublime britney france darkside bigman hercules lawrence wolfpack classic lincoln ronaldo
blizzard cheyenne wombat cjkysirj raymond brother kristen pandora devils simone holiday wildcat
horse kramer sterling caesar alabama carrie bondage sports pickle leather shaggy chronic flowers
robbie gracie amber airplane perfect kodiak billybob katana sunset crazy good stingray maria anna
snowman phpbb chocolat zeppelin garcia detroit wolves pontiac candy firebird gundam panzer outlaw
time pretty fisher connie honey business trevor redhead hardon greenday tarheels nastya hellfire
cobra engineer savage service serenity sasha michele dude fireball white remember darkstar miranda
flash harvey oscar strike freddie pavilion beauty bobafett adam dbrnjhbz jeff bigmac duke clinton
bowling jenny natali future harrison jones wallace swimming apache rulez pyramid dodgers girl
whynot defender morris trooper cancer precious packard lucifer popeye weasel raven icecream
stewart tanner swordfish blonde sandy presario rockstar viktor manager cheryl norton control
wutang airforce julian atlanta spike thailand looking casino paris mouse lennon bluebird theone
hawkeye hacker lisa dustin elaine nfnmzyf sailor catfish goldfish maxima tattoo barbie light
design pervert machine herman wrangler rocks trucks nipples roscoe tornado jerry lights bubble
cadillac madman orlando pegasus target longhorn laura philip browns eatme stefan cannon dilbert
baller microsoft winnie christia katie shooter xfiles qazqaz street seattle corona amateur cthutq
prelude beach malibu freaky assassin integra atlantis pussies dragons iloveu unicorn lonewolf
regina stealth kristin tony peewee openup bobcat stacey software newton leonardo student srinivas
angelina young enjoy valentina trigger zaqwsx athena shotgun coyote bruins veronika dollar country
joker babydoll lestat hottie smiley potter random sweety woody chipper snake samurai video gizmo
maddie devildog valerie mistress flipper express powers soso123aljg cessna teacher goldie moose
polaris piglet cookies elena montreal hjvfirf ladies wolfgang fatboy scully father single wicked
daisy foobar castle tickle bunny pepsi balls transam dfvgbh oicu812 impala sunday hotstuff ronnie
jasmin ryan gambit toshiba basketba lancer birthday texas stephani knicks roberto stinger testtest
kathleen savannah shamrock benson squirt deftones trucker nick redneck goldberg alfred blaster
siemens shelly renegade manson subaru ibanez blondie hamilton casey reaper cristina minnie mylove
harry galaxy lindsay dudley farmer gloria special blahblah enterpri travel bigone sweetpea sugar
smoke skeeter indiana great trfnthbyf freeman curtis smitty marino joanne bigfoot check larisa
trumpet tristan spartan babylon sister valera stormy paladin andreas cavalier marathon hamlet
aardvark mister manchester rusty napoleon seven indigo hornet skater jerome pierre wonder toronto
rose indians karate buckeyes julie hesoyam fredfred charger highland sweetie holland chiefs
diamonds buckeye aurora campbell griffin brandi redman passwor chandler drpepper monika maiden
elizabeth leonard bernie brown garden storm linda thuglife millie jungle pencil tomtom insane
pizza timber sherlock mariah audrey hamster aragorn pioneer techno catdog lollol triumph sidney
fktrctq none sophia morpheus island hobbit blabla aaron pascal sampson consumer justme marion
stones chrissy tyler nadine marie goforit burger pitbull kelsey adgjmptw spartak german karen
kissme hunting kaiser martha colors artist harold italia sammie mario nicolas pebbles sundance
isabella overlord emerald callie doggy irina racecar isabelle germany goddess wesley nipple basket
joejoe holly poison zipper alpine shirley element huskers marcel eddie danny christy sakura chichi
inside ultimate dirty nicola ncc1701e blackie omega watson rommel geronimo nikki caserta trojan
philips sergio nugget tarzan warren trixie chicks aleksandr cream webster help sherry manuel
portugal dodger anakin bobbob bomber michel madness superfly loser florence yvonne fatcat global
ybrbnf energy desire soldier bianca warlock martina babe andrei larry seminole alejandr westham
concrete harris margaret hector christop ladybug network bernard tintin qazxswedc trombone chuck
pleasure rhbcnbyf home history bluesky sherman logan onelove cotton christian cdtnkfyf sunny
archie holden brianna vfvjxrf titans stallion lindsey singer truck party missy hansolo angelo
joanna natalia beagle phillip panama smiles juice qawsed inferno moon mongoose connect kingkong
snatch flatron bluemoon turbo rocker personal emily blessed snakes dominic joey forget finger
beetle jamaica alberto mulder jamie susan immortal head plastic dietcoke spunky long whiskey
monitor giovanni cactus ripper spyder markus planet patton exigen sticky waters nolimit daniela
hollywoo abigail morrison katrina trunks andy always diana deedee clifford april speed japan
mission pickles million sailing freak holmes bonehead fernando ghbdtnbr charlott delta yomama
darren rubber newman faster bertha memphis sylvia open maurice hongkong olga jumper unreal geheim
rodney nylons sebastia pentium legion shalom kennedy brooks movie dodge dream graham sprite
curious pacific loulou funtime philly ferret niners orion werewolf milton cantona kingdom stars
africa office boeing gilbert abgrtyu pirates sheila french sweets cooldude palmer eternity
lollipop tottenha stocking monique anything foster irish jackoff biscuit drizzt camera columbia
fossil moomoo makaveli tracey colt45 robinson isabel martini salmon shasta jersey verbatim maniac
snapper nasty solomon patriot jacob standard shaved blackcat asdzxc punkrock raistlin infantry
dillon gerald twister ricardo waterloo cjkywt clayton crimson serena oxford maxmax denis flight
condor seinfeld silvia biggie maxine musicman ravens teddy colleen bruce wolfman sharks megadeth
cosmos velvet keeper foxtrot garrett damien anton sesame skywalke banshee cats squirrel wolverine
dogs sunrise rick ghost western grendel roxanne privet legolas frog felix marlin stone herbert
lvbnhbq qazwsxed carrot blades frosty stardust helena brownie groovy penny butler coolio twilight
daytona peanuts intrepid pikachu trains mollie vanhalen jericho hershey strider lobster punisher
grace bird zaq123 bottom murray kansas shogun goblin search neptune ball showtime darwin amadeus
suzanne oldman bruno showme henry getsome muscle obiwan support rfrfirf skittles ekaterina gold
whitney shark maestro danni tanker english tarheel fighter thanks hannibal capital newlife anubis
gothic chaos blues cindy sabine roman preston princes brendan evelyn python richie tequila boss
cody clover delete mirage blood surfing bentley portland potato baggins review porter chubby
panasonic sandiego sooners buffy buck tina derrick penelope blackdog harmony fusion dima mature
malcolm allen mary californ safety playtime dagger moscow swallow warriors byteme stimpy gangster
lucas christine turner iverson lester chargers liquid mushroom dingdong misty nymets robin bigguy
mobile tazman greg nimrod miami crusader bugger stranger dkflbvbh anastasia marco volume masters
monroe miguel doodle collins powder archer gotcha battle dublin slapshot guardian janice charly
septembe photos knights short angelica nookie milano scarlett stuart damian grizzly camille
scruffy brasil latino kittycat munchkin lorenzo rammstein bananas barcelon santiago thegame hell
world gerard picasso walnut kolobok blackman wisdom trance starcraft parrot quality blade pink
auburn goodluck dorothy dusty engine coltrane gorilla wheels katerina tamara postal luther carlo
cassidy discover oakland osiris shaney14 lonestar ping bridge bingo bender annie stonecol dookie
meridian sally megaman racerx rjntyjr sirius firefly julia alexandra madrid terry griffey women
phoebe zaq1xsw2 weezer beautiful violet ledzep lowrider randy gangsta ghjcnj paradox tacobell
loving catalina vertigo halflife carson sergei shiloh johnjohn sobaka buffett aliens sadie chucky
bonjour kangaroo jazz josh thompson sinner socrates keyboard stevie jeep trebor finish dark luke
sprint shazam lady national celica scarlet hoover sommer frances hotboy cynthia qwerasdf penguins
bond formula rebels elwood melvin vacation kiss ragnarok bollox lexmark lorraine claude rockon
duck dodgeram tacoma romeo wookie prodigy tempest vfhecz flames sebastian colombia bang kitkat
oblivion mystery sithlord server molson mustangs incubus smoker window scoobydo rescue bigballs
carpet titleist richmond director lawyer megan juan magnolia celeste melinda lucy wright jimbob
golfing kenny roger bobbie xanadu tardis blueeyes hearts dixie shaman mersedes springer imagine
janine kenwood dogg garbage martinez topper roberts lizzie ashton elliott oracle sheena chloe
nuttertools mallard shemale mikey asterix faith monkeys imperial jimbo cooler grateful gillian
peterpan kingston yourmom sleepy gremlin printer hudson pa55word stud freckles birdman aussie
esther defiant margarita deadhead polo anime tatyana jackal frogger bridget wayne research tobias
mariners rootbeer blondes donnie katrin weather aspirine frederic parola photo children account
israel stephanie shaolin noodles celine willy willis forgot hallo mandy rogers palace santos
ohyeah magnus laurie creampie amazon kisses queen ludwig plymouth justdoit nellie putter broken
letsgo bryan bones tatiana camel champs lightnin massive camelot bosco deanna gizmodo spidey
caliente aezakmi goodtime roller catherin active pooh payton lonely redalert brucelee smokin
porkchop astros aquarius thankyou atomic fletcher shopping mason marian vanilla unknown sapphire
temple marvel beckham qazwsxedcrfv kaktus myself sooner blacky hastings blackjac aggies scream
picture judith iforgot kasper cxfcnmt bangkok spectrum eduard vader jammer painter primus veritas
ernest kristi chevrole amsterdam slappy valley pete clancy granny avenger usa123 rosemary husker
candyman beatrice scrappy simba falcons dylan front242 harder atlantic labrador smudge syracuse
southern melody timmy elijah center darling throat stuff fatman krishna sanchez pancho gator
pacman commando vulcan bush lemons alice keith odessa barkley monopoly method kelley sara punkin
pineappl celtics space gangbang bennett area51 flyboy hamburg aaa111 asian carol spartans tricky
romashka snuggles boat infiniti anders billie life drago blake hermes jesse goose jeremiah vivian
annette homerun dead forrest carolyn topcat hayden cosworth vectra grover goodbye charlotte
cuddles bossman horndog doberman gary telefon dawg qawsedrf ivanov durango peugeot franco kyle
plumber bell rbhbkk pauline exigent laguna emmanuel webmaster bowler leopard strong theking
redbull alan pics beast viktoria breeze topdog starbuck dance dalton hungry beefcake reality
gjkbyf speaker shelley godsmack clarence writer loveit kingpin nokia valhalla night starfish
anarchy herbie blacks content sailboat desert fitness brando bohica achilles tractor ncc1701a
drake bull hidden kicker labtec bart amelia tuesday frontier caitlin muppet legacy farside
terminator bella matilda kentucky doughboy ramona phillies jrcfyf camels dannyboy oakley nebraska
latin double sabbath chang pinkfloy homers striker looker fallen maryland luckydog azamat
september iguana oklahoma moloko agent007 vfrcbvrf javier vette daniil command rhonda studio
pistol miles skiing franky stoner conrad select tanya houses boris puppy elliot charmed vladik
nathalie whocares maynard vkontakte ihateyou puppies zidane eileen dilligaf crash mandingo moneys
tyrone funny nevada kotenok mystic california budman church carlton rafael technics bone stick
golfball rookie panda laptop today jennie triton river trojans bunghole zvezda hurrican central
dale filter jethro snow gustav ivan escape hawk igor aberdeen shane lespaul rfnthbyf enterprise
butch dthjybrf cutter splash handsome oilers randall cash nofear cupcake excalibu momoney gbpltw
bigger belinda svetik possum metal moocow brothers bethany keystone babyboy flamingo firefox
bogdan ccbill soleil lancelot vipers marilyn tdutybq juliet leader madden russian australia sabina
chase coolman babies skinny zaphod kamikaze verona bacon noodle rebel doobie designer deadman
attack vortex dogman gopher somethin danila reagan cancel torres freaks azsxdc donna dracula play
poncho bearbear boots engage deskjet bradford hammers deeznuts warhammer tight justine ralph
fabian lewis blueblue marissa oregon bubbas sinatra hilton meatball mailman dawson columbus
manchest cthulhu macdaddy mighty michaela grandma ready sterlin cartoon summit sentinel tolkien
bicycle blow beverly breast kathy meghan universe capone jenna julius wendy bryant truelove helen
nancy hailey chair bowser kathryn fernand eleven rockets billyboy military demon davis jamesbon
iloveyo traffic saint redhot microsof sonic miracle microlab gofish pilot lifetime rugby mayday
aikido nina conner tree thekid theodore sweden function polska danie gang market scotch lansing
elvira bloody anfield coke smut catman rush bonita tracy sony fast cheers tinman airbus peters
china azsxdcfv santana hayley station gabrie scottie orioles charlton saun fortuna dfkthbz rustam
warlord fatima ultima kong bigmoney rotten betty grumpy oranges superstar fordf150 asdfjkl boxing
xtreme denali selena zxcasd huskies terminal wilbur kristy wildfire vladislav bikini thor
hollywood mayhem sultan gretchen figaro sixers sparta saratoga running models mojo greenbay cancun
marlene trinidad tammy chewie hope feet crunch bigbird mellon bigtime fashion piccolo fabie
rjirfrgbde rovers meatloaf hyperion sandro rightnow jarhead armani treasure miriam hansen natural
lisalisa sport bizkit maradona sayang charli rfhbyf utopia anaconda japanese camilla coconut
govols emerson memory catherine jedi cosmo cruise giant ricky dragoon woofwoof giorgi packer
poontang illini christopher davids zaqxsw pedro sticks revenge exodus reebok chanel albatros
cabbage goku wally beaner quincy greens tomato toby chief richards turkey50 adriana kenworth
deborah down cooter dinosaur eeyore movies dana lionking creamy adult poodle tsunami happyday
knopka bogart corrado volley chickens whisper flying first walleye hopper sean twisted chaser
memorex ericsson jensen positive crazybab science frisco dong jose zorro romance sherwood shania
rereirf sausage milana tasha vfvekz profit zenith fugazi junebug clemson tootsie fktrcfylhf comics
zxcasdqwe vfczyz werner aspire hardrock condom rachael gringo anhyeuem madeline rich becky canon
alien harper stocks marcos clapton roberta coleman applepie skywalker fubar theresa koshka tundra
vitalik arjay gmoney ingrid pillow fingers samiam dean davidson skorpion candle nobody hellyeah
better australi drew rockhard easy bears sparkle johanna everest rfrnec hedgehog wolfie surf
yosemite marisa voyeur baddog brad jazzman tool temp cheetah slacker steele mikemike wood barsik
valeria deniska fright karolina kirsten vfksirf kume kenshin bootie cyclone starship monty balloon
maxell rupert milena bonsai lion salvador greatone vernon slider lillian admiral cecilia stolen
albion boys midget nikola hithere damnit dinamo francois cheng calico duchess scratch powell
stefano fortune nyjets artemis robotech backdoor rastaman fiesta felicia alliance fletch jerkoff
goliath cinnamon rambler malaka tekken sojdlg123aljg carrera bangbang jeanette marc fritz ramses
operator shado duster wibble alibaba mechanic keywest sword amsterda hal9000 bristol pingpong
rasputin marianne hooter tara rctybz sanders krista presto majestic nguyen fowler passwords spurs
carl pompey trident kipper kingfish gotohell angie garage heidi mattie isaiah steeler wrestlin
pooter divine emma route66 clipper charley macross railroad oleg seamus swimmer jokers thursday
chico solnce erik kimber guiness pussie mathew nature matador sparks typhoon hank retired subway
ivanova ghetto florian vermont tang ktyjxrf lolipop spears yzerman peterson magick phillips cinder
nwo4life shearer pupsik dfkthf allsop city pippen belle chad venus kcj9wx5n dammit barry caveman
critter underdog skydive renault onlyme murder snoopdog jayhawk hotshot caramel broadway kinky
theboss train trout ding umbrella feather credit splinter depeche seeker respect crysis direct
animals chemical cyclops chivas jamesbond blackhaw sinclair team beanie translator helloo magicman
phil fishes supersta giuseppe caligula juggalo frozen quattro usmc meredith java rosie bullseye
saturday cohiba floppy alucard deacon heart tabitha kristine tunafish dkflbckfd vietnam kendall
pearl safari gonzo crawford bob123 klingon rain looser goalie damage maureen west dawn tazmania
cigars facial deepthroat malina silence samara dfktynbyf fang cruiser vector tommyboy jean banker
horizon chainsaw bigbear forfun abraham astrid carole andres sharky royals christina small misfit
work louis fallout scania maxx getmoney budweise song believe brighton absolut kungfu kostya
monaco gunners vfhufhbnf mamapapa minime blueboy penthous chrisbln steph whitey europa jade bertie
daphne groucho champ benny grant mirror village trader stroke walrus susanne number sabres nipper
woman floyd snowboar undertaker flounder moneyman patty bottle kahuna canadian wolf359 viewsonic
coolguy rules downtown wagner strange fabric trisha italian ybrjkfq cypress eastside sneakers
topher golfgolf barber sinbad frodo panasoni craig alfa mybaby skidoo massimo back jillian cat123
sparrow senior dalejr thecat snapple mondeo leanne emmitt thanatos ghjcnjnfr maximum smegma
thesims whitesox chong bonkers poseidon musica doug johannes gargoyle olivier hambone bluedog
intruder sunnyday cyber compute kids smelly spawn wapbbs answer studly poppy paper simona solution
newcastl adonis goodman europe mailcreated5240 hd764nw5d7e1vb1 qazwsxedcrfvtgb
q1w2e3r4t5y6u7i8 zqjphsyf6ctifgu lhbjkjubz2957704 nemvxyheqdd5oqxyxyzi q1w2e3r4t5y6u7i8o9p0
passwordstandard bpgjldsgjldthnf 1qa2ws3ed4rf5tg aksjdlasdakj89879 lytdybrbdfvgbhf passwordassword
hd764nw5d7e1vbv bhrh0h2oof6xbqjeh
`
